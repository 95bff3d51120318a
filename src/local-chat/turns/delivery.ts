import type { OutgoingActivity } from './activities.ts';

/** How one delivery to the bot ended. */
export type Delivered =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Where the bot is and how long Teams waits for it. */
export interface DeliveryOptions {
  readonly botUrl: string;
  readonly turnTimeoutMs: number;
  /** Ends what is still under way when the chat closes. */
  readonly closing: AbortSignal;
}

/** Sends one activity and waits for the end of the turn, as Teams does, but never longer than Teams does. */
export async function deliver(options: DeliveryOptions, activity: OutgoingActivity): Promise<Delivered> {
  const tooSlow = AbortSignal.timeout(options.turnTimeoutMs);
  try {
    const response = await fetch(options.botUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(activity),
      signal: AbortSignal.any([tooSlow, options.closing]),
    });
    return { kind: 'answered', status: response.status, body: await response.text() };
  } catch (error) {
    return tooSlow.aborted ? { kind: 'too-slow' } : { kind: 'unreachable', reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}
