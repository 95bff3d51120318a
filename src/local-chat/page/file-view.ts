import type { Attachment } from '../wire.ts';
import { el } from './dom.ts';

/** Teams' two cards about files of a bot. */
export const consentType = 'application/vnd.microsoft.teams.card.file.consent';
const infoType = 'application/vnd.microsoft.teams.card.file.info';

/** Answers a file that the bot offers. Rejects when the server is away. */
export type AnswerFile = (action: 'accept' | 'decline') => Promise<unknown>;

/** A file that is offered, or one that was taken; undefined for other attachments. */
export function fileView(attachment: Attachment, answer: AnswerFile): HTMLElement | undefined {
  if (attachment.contentType === consentType) return offerView(attachment, answer);
  if (attachment.contentType === infoType) return takenView(attachment);
  return undefined;
}

function offerView({ name = '', content }: Attachment, answer: AnswerFile): HTMLElement {
  const { description = '', sizeInBytes = 0 } = (content ?? {}) as { description?: string; sizeInBytes?: number };
  const error = el('p', { class: 'card-error', role: 'alert', hidden: true });
  const button = (title: string, action: 'accept' | 'decline'): HTMLElement =>
    el(
      'button',
      { type: 'button', class: 'ac-pushButton', on: { click: () => void click(frame, error, () => answer(action)) } },
      title,
    );
  const frame = el(
    'div',
    { class: 'card file', 'data-testid': 'file-offer' },
    el('strong', {}, name),
    el('p', {}, description),
    el('p', { class: 'file-size' }, sizeOf(sizeInBytes)),
    el('div', { class: 'file-buttons' }, button('Allow', 'accept'), button('Decline', 'decline')),
    error,
  );
  return frame;
}

/** The link leads to this server alone, whatever the bot says. */
function takenView({ name = '', contentUrl = '' }: Attachment): HTMLElement {
  const path = URL.canParse(contentUrl) ? new URL(contentUrl).pathname : '';
  return el(
    'div',
    { class: 'card file', 'data-testid': 'file' },
    el('a', { href: path.startsWith('/local-chat/files/') ? path : false, download: name }, name),
  );
}

async function click(frame: HTMLElement, error: HTMLElement, answer: () => Promise<unknown>): Promise<void> {
  if (frame.getAttribute('aria-busy') === 'true') return;
  frame.setAttribute('aria-busy', 'true');
  error.hidden = true;
  const problem = await answer().then(
    () => undefined,
    (reason: unknown) => `Not sent: ${String(reason)}`,
  );
  frame.removeAttribute('aria-busy');
  error.hidden = problem === undefined;
  error.textContent = problem ?? '';
}

function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
