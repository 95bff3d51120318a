import { type Activity, TeamsInfo, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { BotOptions, Person } from '../options.ts';
import { tenantsOf } from './activity.ts';
import { readerOf } from './reader.ts';

/** Why somebody is not heard; the words are `card.guest` and `card.no-identity`. */
export type Stranger = 'guest' | 'no-identity';

const member = z.looseObject({
  tenantId: z.string().nullish(),
  userRole: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  aadObjectId: z.string().nullish(),
});

const kinds: Readonly<Record<string, Person['conversationKind']>> = {
  personal: 'personal',
  groupChat: 'group',
  channel: 'channel',
};

/** How long an answer of Teams about a member is believed. */
const memberMilliseconds = 60 * 60 * 1000;
const mostMembers = 5000;

/**
 * Finds out who acts, from the verified activity only. An object id of a guest belongs to another tenant, so the roster of the conversation
 * is asked for the person's home (teams-platform 2.1); when it cannot be asked, nobody is believed.
 */
export class People {
  readonly #now: () => Date;
  readonly #localeOf: NonNullable<BotOptions['localeOf']>;
  readonly #seen = new Map<string, { readonly at: number; readonly home: boolean }>();

  constructor(now: () => Date, localeOf: BotOptions['localeOf'] = (_, client) => Promise.resolve(client)) {
    this.#now = now;
    this.#localeOf = localeOf;
  }

  /** The person of the turn, or why they are not heard. */
  async of(context: TurnContext): Promise<Person | Stranger> {
    const person = personOf(context.activity);
    if (person === undefined) return 'no-identity';
    const home = await this.#isHome(context, person);
    return home === undefined ? 'no-identity' : home ? await this.#asTheyRead(person) : 'guest';
  }

  async #asTheyRead(person: Person): Promise<Person> {
    const { locale: clientLocale } = person.reader;
    const locale = await this.#localeOf(person.actor, clientLocale);
    return locale === clientLocale ? person : { ...person, reader: { ...person.reader, locale }, clientLocale };
  }

  async #isHome(context: TurnContext, person: Person): Promise<boolean | undefined> {
    const key = `${person.actor.tenantId} ${person.actor.oid} ${person.mri}`;
    const seen = this.#seen.get(key);
    if (seen !== undefined && this.#now().getTime() - seen.at < memberMilliseconds) return seen.home;
    const home = await looked(context, person);
    if (home !== undefined) this.#remember(key, home);
    return home;
  }

  #remember(key: string, home: boolean): void {
    this.#seen.delete(key);
    this.#seen.set(key, { at: this.#now().getTime(), home });
    const oldest = this.#seen.keys().next().value;
    if (this.#seen.size > mostMembers && oldest !== undefined) this.#seen.delete(oldest);
  }
}

/** The sender of an activity as Teams names them; undefined for senders that are not people. */
export function personOf(activity: Activity): Person | undefined {
  const [tenantId] = tenantsOf(activity);
  const { from, conversation } = activity;
  if (tenantId === undefined || !from?.aadObjectId) return undefined;
  return {
    actor: { tenantId, oid: from.aadObjectId.toLowerCase(), name: from.name ?? '' },
    reader: readerOf(activity),
    mri: from.id,
    conversationId: conversation.id,
    conversationKind: kinds[conversation.conversationType ?? ''] ?? 'group',
  };
}

async function looked(context: TurnContext, person: Person): Promise<boolean | undefined> {
  try {
    const { tenantId, userRole, userPrincipalName, aadObjectId } = member.parse(
      await TeamsInfo.getMember(context, person.mri),
    );
    if (!same(aadObjectId, person.actor.oid)) return undefined;
    const guest = userRole?.toLowerCase() === 'guest' || userPrincipalName?.toUpperCase().includes('#EXT#') === true;
    return same(tenantId, person.actor.tenantId) && !guest;
  } catch {
    return undefined;
  }
}

function same(a: string | null | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}
