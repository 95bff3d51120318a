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

/** What people are found out with. */
type PeopleOptions = Pick<BotOptions, 'now' | 'localeOf' | 'guestTenants' | 'log'>;

/** Where somebody is at home, as the roster tells: here, or, of a guest, in the tenant that it names (empty: in none). */
type Home = 'here' | { readonly guestOf: string };

/**
 * Finds out who acts, from the verified activity only. An object id of a guest belongs to another tenant, so the roster of the conversation
 * is asked for the person's home (teams-platform 2.1); when it cannot be asked, nobody is believed.
 */
export class People {
  readonly #options: PeopleOptions;
  readonly #guestTenants: ReadonlySet<string>;
  readonly #seen = new Map<string, { readonly at: number; readonly heard: boolean }>();

  constructor(options: PeopleOptions) {
    this.#options = options;
    this.#guestTenants = new Set(options.guestTenants?.map((id) => id.toLowerCase()));
  }

  /** The person of the turn, or why they are not heard. */
  async of(context: TurnContext): Promise<Person | Stranger> {
    const person = personOf(context.activity);
    if (person === undefined) return 'no-identity';
    const heard = await this.#isHeard(context, person);
    return heard === undefined ? 'no-identity' : heard ? await this.#asTheyRead(person) : 'guest';
  }

  async #asTheyRead(person: Person): Promise<Person> {
    const { locale: clientLocale } = person.reader;
    const locale = (await this.#options.localeOf?.(person.actor, clientLocale)) ?? clientLocale;
    return locale === clientLocale ? person : { ...person, reader: { ...person.reader, locale }, clientLocale };
  }

  async #isHeard(context: TurnContext, person: Person): Promise<boolean | undefined> {
    const key = `${person.actor.tenantId} ${person.actor.oid} ${person.mri}`;
    const seen = this.#seen.get(key);
    if (seen !== undefined && this.#options.now().getTime() - seen.at < memberMilliseconds) return seen.heard;
    const home = await homeOf(context, person);
    if (home === undefined) return undefined;
    const heard = home === 'here' || this.#guestTenants.has(home.guestOf);
    if (!heard) this.#options.log.info(home, 'a guest is not heard: their tenant is not among ALLOWED_GUEST_TENANTS');
    this.#remember(key, heard);
    return heard;
  }

  #remember(key: string, heard: boolean): void {
    this.#seen.delete(key);
    this.#seen.set(key, { at: this.#options.now().getTime(), heard });
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

/** Undefined: the roster does not answer, or knows another object id. */
async function homeOf(context: TurnContext, person: Person): Promise<Home | undefined> {
  try {
    const { tenantId, userRole, userPrincipalName, aadObjectId } = member.parse(
      await TeamsInfo.getMember(context, person.mri),
    );
    if (!same(aadObjectId, person.actor.oid)) return undefined;
    const guest = userRole?.toLowerCase() === 'guest' || userPrincipalName?.toUpperCase().includes('#EXT#') === true;
    return same(tenantId, person.actor.tenantId) && !guest ? 'here' : { guestOf: tenantId?.toLowerCase() ?? '' };
  } catch {
    return undefined;
  }
}

function same(a: string | null | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}
