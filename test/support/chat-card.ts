import { z } from 'zod';
import type { Message } from '../../src/local-chat/wire.ts';

/** A button on a card, as a test looks for it. */
export interface CardButton {
  readonly type: string;
  readonly title: string;
  readonly verb: string;
  readonly id?: string | undefined;
  readonly data?: unknown;
  /** `none`: a click sends no inputs, and minds none that are empty. */
  readonly associatedInputs?: string | undefined;
}

/** An input on a card. */
export interface CardInput {
  readonly id: string;
  readonly value?: unknown;
  readonly isRequired: boolean;
}

const buttonSchema = z.object({
  type: z.string().startsWith('Action.'),
  title: z.string().default(''),
  verb: z.string().default(''),
  id: z.string().optional(),
  data: z.unknown().optional(),
  associatedInputs: z.string().optional(),
});
const inputSchema = z.object({
  type: z.string().startsWith('Input.'),
  id: z.string(),
  value: z.unknown().optional(),
  isRequired: z.boolean().default(false),
});
const textKeys = new Set(['text', 'title', 'value', 'label', 'placeholder', 'errorMessage', 'altText']);

/** The first Adaptive Card of a message; undefined: it has none. */
export function cardOf(message: Message): unknown {
  return message.attachments.find(({ contentType }) => contentType === 'application/vnd.microsoft.card.adaptive')
    ?.content;
}

/** Whether a message offers a file: it comes behind an answer, and is none. */
export function offersFile({ attachments }: Message): boolean {
  return attachments.some(({ contentType }) => contentType === 'application/vnd.microsoft.teams.card.file.consent');
}

/** All words that a person reads on the card, one element a line. Button data is not among them. */
export function cardText(card: unknown): string {
  const lines: string[] = [];
  walk(card, (node) => {
    const isInput = typeof node.type === 'string' && node.type.startsWith('Input.');
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'string' && textKeys.has(key) && !(isInput && key === 'value')) lines.push(value);
    }
  });
  return lines.join('\n');
}

/** All buttons on the card, in order. */
export function buttonsOf(card: unknown): CardButton[] {
  return found(card, buttonSchema);
}

/** All inputs on the card, in order. */
export function inputsOf(card: unknown): CardInput[] {
  return found(card, inputSchema);
}

/**
 * What a click on the button sends: the button's data with all inputs of the card, as the client gathers them.
 * @throws if a required input stays empty: the client would not send it
 */
export function gathered(card: unknown, button: CardButton, typed: Readonly<Record<string, unknown>>): unknown {
  const own = button.associatedInputs === 'none' ? [] : inputsOf(card);
  const inputs = own.map(({ id, value, isRequired }) => {
    const content = typed[id] ?? value ?? '';
    if (isRequired && content === '') throw new Error(`The input "${id}" is required and empty.`);
    return [id, content] as const;
  });
  const data = typeof button.data === 'object' ? button.data : {};
  return { ...data, ...Object.fromEntries(inputs), ...typed };
}

function found<T>(card: unknown, schema: z.ZodType<T>): T[] {
  const all: T[] = [];
  walk(card, (node) => {
    const parsed = schema.safeParse(node);
    if (parsed.success) all.push(parsed.data);
  });
  return all;
}

function walk(value: unknown, visit: (node: Record<string, unknown>) => void): void {
  if (Array.isArray(value)) {
    for (const part of value) walk(part, visit);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  visit(value as Record<string, unknown>);
  for (const [key, part] of Object.entries(value)) {
    if (key !== 'data' && key !== 'refresh') walk(part, visit);
  }
}
