import type { ChatLog } from '../chat-log.ts';
import { type NoticeText, showNotice } from '../connector/notices.ts';
import type { OutgoingActivity } from './activities.ts';
import { type Delivered, type DeliveryOptions, deliver } from './delivery.ts';

/** Where in the chat the consequences of a turn are shown. */
export interface Where {
  readonly conversation: string;
  readonly thread?: string | undefined;
}

/** Delivers turns with Teams' patience: what takes too long is called failed, and delivered once more. */
export class TurnRunner {
  readonly #log: ChatLog;
  readonly #options: DeliveryOptions;

  constructor(log: ChatLog, options: DeliveryOptions) {
    this.#log = log;
    this.#options = options;
  }

  /** A turn that nobody waits for, after those before it in the list. What fails here must not end the process. */
  start(where: Where, ...activities: readonly OutgoingActivity[]): void {
    const all = async () => {
      for (const activity of activities) await this.run(where, activity);
    };
    all().catch((error: unknown) => process.emitWarning(`Practice chat: ${String(error)}`));
  }

  /** One turn. A slow one is delivered a second time, the same activity, without waiting for that one's end. */
  async run(where: Where, activity: OutgoingActivity): Promise<Delivered> {
    const first = await deliver(this.#options, activity);
    await this.#report(where, first);
    if (first.kind === 'too-slow') this.#again(where, activity);
    return first;
  }

  #again(where: Where, activity: OutgoingActivity): void {
    deliver(this.#options, activity)
      .then((second) => this.#report(where, second))
      .catch((error: unknown) => process.emitWarning(`Practice chat: ${String(error)}`));
  }

  async #report({ conversation, thread }: Where, delivered: Delivered): Promise<void> {
    const notice = this.#noticeOf(delivered);
    if (notice && !this.#options.closing.aborted) await showNotice(this.#log, { conversation, thread, ...notice });
  }

  #noticeOf(delivered: Delivered): Pick<NoticeText, 'level' | 'code' | 'text'> | undefined {
    const level = 'failed';
    if (delivered.kind === 'too-slow') {
      const text = `The bot took longer than ${this.#options.turnTimeoutMs / 1000} s: Teams reports an error and delivers the same activity again.`;
      return { level, code: 'GatewayTimeout', text };
    }
    if (delivered.kind === 'unreachable') {
      return { level, code: 'BotUnreachable', text: `The bot could not be reached (${delivered.reason}).` };
    }
    if (delivered.status < 300) return undefined;
    return { level, code: 'BotError', text: `The bot answered with HTTP ${delivered.status}.` };
  }
}
