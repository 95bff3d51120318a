import type { Message } from '../message.ts';
import type { Context } from './context.ts';
import type { RunSummary } from './run-summary.ts';
import type { Suggestion } from './screen.ts';

/**
 * What Azure says of something that was left open: what about it and what can be done now, or that it is closed; `busy` while
 * Azure is working on it, so that nobody is reminded of what is just being done.
 */
export type StillOpen =
  | { readonly open: true; readonly sentence: Message; readonly suggestions: readonly Suggestion[] }
  | { readonly open: false }
  | { readonly open: 'busy' };

/**
 * What a run leaves open in Azure until somebody closes it: people are reminded of it in the conversation of the run. It counts from the
 * run's end, however that was, for a failover that failed half-way is open too.
 */
export interface LeftOpen<P = Record<string, unknown>> {
  /** Names it in texts: `reminder.kind.<kind>`. */
  readonly kind: 'failover' | 'test-failover' | 'unreplicated' | 'files';
  /** Minutes after the end of the run, rising. */
  readonly remindAfterMinutes: readonly number[];
  /** Between two of the reminders that follow. */
  readonly thenEveryMinutes: number;
  /** Where nobody has set quiet hours, a reminder of the night waits for the morning. */
  readonly waitsForMorning: boolean;
  /** Asked of Azure before every reminder. @throws CatalogueError when Azure does not answer; it is then asked again soon. */
  stillOpen(context: Context, parameters: P, run: { readonly endedAt: string }): Promise<StillOpen>;
}

/** What an ended run left open, as it is listed. Times ISO 8601. */
export interface LeftOpenSummary {
  readonly run: RunSummary;
  /** A `LeftOpen.kind`, as it was stored. */
  readonly kind: string;
  readonly openedAt: string;
  /** Of the next reminder. */
  readonly nextAt: string;
  /** Who wanted to hear no more of it. */
  readonly stoppedBy?: string;
}
