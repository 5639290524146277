// Keeps run.json true while the run goes on, so that a run that dies leaves behind how far it came.

import { redact } from '../lib/config/known-secrets.ts';
import type { RunRecord } from '../lib/model/run.ts';
import { type RunDirectory, writeRunRecord } from '../reports/store/run-directory.ts';

export class RunJournal {
  readonly #directory: RunDirectory;
  #record: RunRecord;
  /** Load and experiment write at the same time: one after the other, and the latest record last. */
  #written: Promise<void> = Promise.resolve();

  constructor(directory: RunDirectory, record: RunRecord) {
    this.#directory = directory;
    this.#record = record;
  }

  get record(): RunRecord {
    return this.#record;
  }

  async update(facts: Partial<RunRecord>): Promise<void> {
    this.#record = { ...this.#record, ...facts };
    const write = this.#written.catch(() => undefined).then(() => writeRunRecord(this.#directory, this.#record));
    this.#written = write;
    await write;
  }

  /** Does `task`; its failure is written down as a trouble of the run and hides nothing that comes after. */
  async attempt(where: string, task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (cause) {
      await this.addTrouble(where, cause instanceof Error ? cause.message : String(cause));
    }
  }

  async addTrouble(where: string, message: string): Promise<void> {
    await this.update({ troubles: [...this.#record.troubles, { where, message: redact(message) }] });
  }
}
