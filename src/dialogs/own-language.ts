import type { Storage } from 'botbuilder';
import { z } from 'zod';
import type { Actor } from '../operations/context.ts';

/** Whose language it is; the name does not matter. */
type Whose = Pick<Actor, 'tenantId' | 'oid'> & Partial<Actor>;

const kept = z.looseObject({ tag: z.string() });

/** How long a language is believed without looking: one asked for through another replica counts after at most this. */
const believedMilliseconds = 60_000;
const mostPeople = 5000;

/** The language that a person has asked for, kept for that person everywhere: it wins over the locale of their client. */
export class OwnLanguage {
  readonly #storage: Storage;
  readonly #now: () => Date;
  readonly #read = new Map<string, { readonly at: number; readonly tag: string | undefined }>();

  constructor(storage: Storage, now: () => Date) {
    this.#storage = storage;
    this.#now = now;
  }

  /** The tag of a locale, or undefined: the client's locale counts. */
  async of(actor: Whose): Promise<string | undefined> {
    const key = keyOf(actor);
    const read = this.#read.get(key);
    if (read !== undefined && this.#now().getTime() - read.at < believedMilliseconds) return read.tag;
    return this.#believe(key, kept.safeParse((await this.#storage.read([key]))[key]).data?.tag);
  }

  /** Keeps the language; without one the client's locale counts again. */
  async keep(actor: Actor, tag: string | undefined): Promise<void> {
    const key = keyOf(actor);
    if (tag === undefined) await this.#storage.delete([key]);
    else await this.#storage.write({ [key]: { tag } });
    this.#believe(key, tag);
  }

  #believe(key: string, tag: string | undefined): string | undefined {
    this.#read.delete(key);
    this.#read.set(key, { at: this.#now().getTime(), tag });
    const oldest = this.#read.keys().next().value;
    if (this.#read.size > mostPeople && oldest !== undefined) this.#read.delete(oldest);
    return tag;
  }
}

/** By the verified identity: the same person in every chat, and in no other tenant. */
function keyOf({ tenantId, oid }: Whose): string {
  return `own-language/${tenantId.toLowerCase()}/${oid.toLowerCase()}`;
}

/** The locale to speak to somebody: what was asked for, or the client's when that is of the same language and says the region too. */
export function localeFor(tag: string | undefined, client: string): string {
  if (tag === undefined) return client;
  return new Intl.Locale(tag).language === new Intl.Locale(client).language ? client : tag;
}
