// k6's timers: a pause that leaves the event loop to others.

export { setTimeout } from 'k6/timers';
