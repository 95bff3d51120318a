/** Whoever has waited in vain spares the next ones the waiting for so long. */
const lastsMs = 30_000;

/** Whether a part of Azure has lately left somebody waiting. What it says at last ends that. */
export class Silence {
  readonly #now: () => Date;
  #until = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  begun(): void {
    this.#until = this.#now().getTime() + lastsMs;
  }

  ended(): void {
    this.#until = 0;
  }

  isOn(): boolean {
    return this.#now().getTime() < this.#until;
  }
}
