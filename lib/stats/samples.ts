// A growing list of numbers that stays small in memory: a million samples are eight megabytes.

export class Samples {
  #values = new Float64Array(16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** The samples in the order in which they came; a view, valid until the next push. */
  values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  /** A copy in ascending order. */
  sorted(): Float64Array {
    return this.values().slice().sort();
  }

  /** How many samples do not keep the bound. */
  countNot(keeps: (value: number) => boolean): number {
    let count = 0;
    for (const value of this.values()) if (!keeps(value)) count += 1;
    return count;
  }
}
