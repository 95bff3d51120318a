/** Sends that one bot may make in one thread (Teams, "Optimize your bot with rate limiting"). */
const sendsPerSecond = 7;

/** Counts sends per conversation; says how long to wait when there were too many. */
export class SendLimit {
  readonly #now: () => Date;
  readonly #sent = new Map<string, number[]>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Seconds to wait for the `Retry-After` header, or undefined: this send is counted and may go. */
  retryAfter(conversation: string): number | undefined {
    const now = this.#now().getTime();
    const recent = (this.#sent.get(conversation) ?? []).filter((at) => at > now - 1000);
    const refused = recent.length >= sendsPerSecond;
    this.#sent.set(conversation, refused ? recent : [...recent, now]);
    return refused ? 1 : undefined;
  }
}
