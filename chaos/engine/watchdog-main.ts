// The watchdog's own process: looks at the intents twice a second; ends when the suite is gone and nothing is left that it could heal.
// Arguments: kind and place of the target, and pid, start and boot of the suite.

import { setTimeout as pause } from 'node:timers/promises';
import { findScene } from '../targets/find-scene.ts';
import type { Whereabouts } from '../targets/ground.ts';
import { isAlive } from '../targets/this-process.ts';
import { Watch } from './watch.ts';

const LOOK_EVERY_MS = 500;

const [kind, place = '', pid = '', startTicks = '', bootId = ''] = process.argv.slice(2);
const suite = { pid: Number(pid), startTicks: Number(startTicks), bootId };
const note = (text: string): void => console.log(`${new Date().toISOString()} ${text}`);
const { system, faultNamed } = await findScene({ kind: kind as Whereabouts['kind'], place });
const watch = new Watch(system, suite, { faultNamed, say: note, isAlive });

// A terminal that closes, or a Ctrl-C that is meant for the suite, is no reason to leave.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
process.send?.('at my post');

while (!(await watch.look())) await pause(LOOK_EVERY_MS);
