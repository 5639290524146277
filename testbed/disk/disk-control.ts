// The small disk of a testbed as faults act on it: filled to the last byte, and emptied again of what filled it.

import { existsSync } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { typed } from '../../lib/machine/typed.ts';
import type { Instance } from '../instance.ts';
import { holdsWithin } from '../processes/poll.ts';
import { runCommand } from '../processes/run-command.ts';
import { hasSmallDisk, SMALL_DISK_NODE, smallDiskFolder } from './small-disk.ts';

/** The node writes on while its disk is being filled. */
const FILL_LIMIT_MS = 10_000;
const FULL_BYTES = 65_536;

export class DiskControl {
  readonly #instance: Instance;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  /** Whose disk can be filled. */
  readonly node: string = SMALL_DISK_NODE;

  /** Why it cannot; `null` when it can. */
  async impossible(): Promise<string | null> {
    if (hasSmallDisk(this.#instance)) return null;
    const { name } = this.#instance;
    return `this testbed was started without a small disk: as root, ${typed('down', name)}, then ${typed('up --game-day', name)}`;
  }

  /** Leaves less than 64 KiB. May be called again. Rejects when there is more after 10 s. */
  async fill(): Promise<void> {
    if (!hasSmallDisk(this.#instance)) throw new Error('there is no small disk, and the machine’s own is not filled');
    const isFull = async () => {
      const before = await this.freeBytes();
      if (before >= FULL_BYTES) await this.#grow(before);
      return (await this.freeBytes()) < FULL_BYTES;
    };
    if (!(await holdsWithin(FILL_LIMIT_MS, isFull))) throw new Error(`${await this.freeBytes()} bytes are still free`);
  }

  /** Removes what `fill` made; what is not there is no failure. */
  async empty(): Promise<void> {
    await rm(this.#filler(), { force: true });
  }

  isFilled(): boolean {
    return existsSync(this.#filler());
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(smallDiskFolder(this.#instance));
    return bavail * bsize;
  }

  /** Fails when the node has taken some of it meanwhile; then the next attempt asks for less. */
  async #grow(bytes: number): Promise<void> {
    const script = 'fallocate --offset "$(stat --format=%s "$1" 2>/dev/null || echo 0)" --length "$0" "$1"';
    await runCommand(['sh', '-c', script, String(bytes), this.#filler()]).catch(() => undefined);
  }

  #filler(): string {
    return join(smallDiskFolder(this.#instance), 'stampede-filler');
  }
}
