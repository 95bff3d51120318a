import type { Actor } from '../operations/context.ts';
import type { QuietHours } from '../posts/index.ts';
import type { Run } from '../runs/run.ts';
import type { WatchService } from '../watches/index.ts';

/** What people want the bot to say by itself, or not to say, in a conversation; given by the composition root. */
export interface Standing {
  /** Ends reminders of what a run, or every run of the conversation, left open; answers the runs that were meant. */
  readonly stopReminders: (wish: {
    readonly actor: Actor;
    readonly conversationId: string;
    readonly code?: string;
  }) => Promise<readonly Run[]>;
  /** Undefined: nobody has set any. */
  readonly quietOf: (conversationId: string) => Promise<QuietHours | undefined>;
  /** Asked for when it is needed, as the runs are. */
  readonly watches: () => WatchService;
  readonly setQuiet: (conversationId: string, hours: QuietHours) => Promise<void>;
}
