/**
 * Keeps the JSON of rows that do not depend on the time, so that an estate of a hundred thousand VMs is not written
 * anew for each page. Everything is forgotten with the next change of the state.
 */
export class RowTexts {
  #texts = new WeakMap<object, string>();
  #revision = 0;

  /** Forgets all texts where the state is another than when they were made. */
  at(revision: number): this {
    if (revision !== this.#revision) this.#texts = new WeakMap();
    this.#revision = revision;
    return this;
  }

  /** The JSON of a row: the kept one, or one made by `render` and kept. */
  of<T extends object>(row: T, render: (row: T) => unknown): string {
    const known = this.#texts.get(row);
    if (known !== undefined) return known;
    const text = JSON.stringify(render(row));
    this.#texts.set(row, text);
    return text;
  }
}
