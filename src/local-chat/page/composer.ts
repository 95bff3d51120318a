import { el, icon, icons } from './dom.ts';
import { mentionMenu } from './mention-menu.ts';

/** What a composer needs. */
export interface ComposerOptions {
  readonly label: string;
  /** Prefix of its test ids: `composer` and `send`, or `thread-composer` and `thread-send`. */
  readonly testPrefix?: string;
  /** Names that `@` offers; none in a personal chat. The first is the bot. */
  readonly mentionNames: readonly string[];
  /** Rejects when the text could not be sent; it is then put back. */
  readonly send: (text: string) => Promise<unknown>;
  readonly failed: (reason: string) => void;
}

/** Box to write in: Enter sends, Shift+Enter is a new line, `@` offers names. */
export function composer(options: ComposerOptions): HTMLFormElement {
  const { label, testPrefix = '', mentionNames } = options;
  const input = el('textarea', {
    rows: 1,
    'aria-label': label,
    placeholder: label,
    'data-testid': `${testPrefix}composer`,
  });
  const menu = mentionMenu(input, mentionNames);
  const send = el(
    'button',
    { type: 'submit', class: 'send', 'aria-label': 'Send', 'data-testid': `${testPrefix}send` },
    icon(icons.send),
  );
  const [bot] = mentionNames;
  const mention = bot === undefined ? undefined : mentionButton(input, bot);
  const form = el('form', { class: 'composer' }, menu.element, el('div', { class: 'box' }, input, mention, send));
  const grow = () => growToText(input);
  const submit = () => void sendText(input, options).then(grow);
  input.addEventListener('input', grow);
  input.addEventListener('keydown', (event) => {
    if (menu.takes(event) || event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  return form;
}

async function sendText(input: HTMLTextAreaElement, { send, failed }: ComposerOptions): Promise<void> {
  const text = input.value;
  if (text.trim() === '') return;
  input.value = '';
  await send(text.trim()).catch((reason: unknown) => {
    input.value = text;
    failed(`Not sent: ${reason instanceof Error ? reason.message : String(reason)}`);
  });
  input.focus();
}

function mentionButton(input: HTMLTextAreaElement, bot: string): HTMLElement {
  const add = () => {
    if (!input.value.includes(`@${bot}`)) input.value = `@${bot} ${input.value}`;
    input.focus();
  };
  const title = `Mention ${bot}`;
  return el(
    'button',
    { type: 'button', class: 'mention-bot', title, 'aria-label': title, 'data-testid': 'mention', on: { click: add } },
    '@',
  );
}

function growToText(input: HTMLTextAreaElement): void {
  input.style.height = 'auto';
  input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
}
