// The watchdog's own process: looks at the intents twice a second; ends when the suite is gone and nothing is left that it could heal.
// Arguments: the testbed's name, and pid, start and boot of the suite.

import { setTimeout as pause } from 'node:timers/promises';
import { faultNamed } from '../faults/all-faults.ts';
import { embeddedSystem } from '../targets/embedded.ts';
import { isAlive } from '../targets/this-process.ts';
import { Watch } from './watch.ts';

const LOOK_EVERY_MS = 500;

const [name = '', pid = '', startTicks = '', bootId = ''] = process.argv.slice(2);
const suite = { pid: Number(pid), startTicks: Number(startTicks), bootId };
const note = (text: string): void => console.log(`${new Date().toISOString()} ${text}`);
const watch = new Watch(embeddedSystem(name), suite, { faultNamed, say: note, isAlive });

// A terminal that closes, or a Ctrl-C that is meant for the suite, is no reason to leave.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
process.send?.('at my post');

while (!(await watch.look())) await pause(LOOK_EVERY_MS);
