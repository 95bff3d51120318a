/**
 * What is said to a person, before it has a language: a message id of the locales and its values.
 * It is plain JSON, so that a preview, a finding or a result can be stored with a run and read in any language later.
 */
export interface Message {
  readonly message: string;
  readonly values?: Readonly<Record<string, MessageValue>>;
}

/** A moment, shown as local time with UTC beside it: "Sat 21 Nov, 14:02 (13:02 UTC)". */
export interface TimeValue {
  /** ISO 8601, UTC. */
  readonly time: string;
}

/** A moment, shown by its distance from now: "3 hours ago", "in 20 minutes". */
export interface AgeValue {
  /** ISO 8601, UTC. */
  readonly age: string;
}

/** A length of time in seconds, shown as "25 min". */
export interface DurationValue {
  readonly seconds: number;
}

/** A size in bytes, shown as "127 GiB". */
export interface SizeValue {
  readonly bytes: number;
}

/** Anything that can stand in a message's placeholder. A plain string is foreign text: a name, or Azure's own words. */
export type MessageValue =
  | string
  | number
  | TimeValue
  | AgeValue
  | DurationValue
  | SizeValue
  | Message
  | readonly MessageValue[];

/** One piece of text on a card: ours (a message), or somebody else's (a plain string, escaped when it is drawn). */
export type Text = MessageValue;

/** Writes a message down: `say('run.expired', { at: { time } })`. */
export function say(message: string, values?: Record<string, MessageValue>): Message {
  return values === undefined ? { message } : { message, values };
}

/** Whether a value is one of our messages rather than foreign text or a formatted value. */
export function isMessage(text: MessageValue): text is Message {
  return typeof text === 'object' && 'message' in text;
}
