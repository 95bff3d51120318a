import type { ChatLog } from '../chat-log.ts';
import type { Notice } from '../wire.ts';

/** What a notice says; id and time are given to it when it is shown. */
export type NoticeText = Omit<Notice, 'id' | 'at'>;

/** Shows in the conversation what Teams would have done, so that nobody learns it in production. */
export async function showNotice(log: ChatLog, notice: NoticeText): Promise<void> {
  const id = log.newId();
  await log.append({ kind: 'notice', notice: { ...notice, id, at: new Date(Number(id)).toISOString() } });
}
