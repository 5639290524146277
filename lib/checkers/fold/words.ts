// Keeps one string object for each word that comes again and again, so that a million orders share a dozen words.

export class Words {
  readonly #known = new Map<string, string>();

  /** The first string that was equal to `text`. */
  same(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, text);
    return text;
  }

  sameOrNull(text: string | null): string | null {
    return text === null ? null : this.same(text);
  }
}
