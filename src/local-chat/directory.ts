import { createHash } from 'node:crypto';
import type { LocalChatOptions, Person } from './options.ts';
import type { Author, Conversation, ConversationKind, PersonView } from './wire.ts';

/** A conversation with its members, as the service knows it. */
export interface Place {
  readonly id: string;
  readonly kind: ConversationKind;
  readonly title: string;
  readonly members: readonly Person[];
}

/** A conversation id as Teams writes it, taken apart: in a channel it may name the thread. */
export interface Address {
  readonly place: Place;
  readonly thread?: string | undefined;
}

/** The one team of the practice chat. Its id is that of its channel, as in Teams that of the General channel. */
export const teamName = 'Cloud operations';

const threadMark = ';messageid=';

/** Who and what there is: fixed when the chat is built, the same again after a restart. */
export class Directory {
  readonly people: readonly Person[];
  readonly bot: Author;
  readonly tenantId: string;
  readonly places: readonly Place[];

  constructor(options: Pick<LocalChatOptions, 'people' | 'botId' | 'botName' | 'tenantId'>) {
    this.people = options.people;
    this.tenantId = options.tenantId;
    this.bot = { kind: 'bot', id: options.botId, name: options.botName };
    this.places = placesOf(options);
  }

  /** The person with this slug, MRI or Entra object id. */
  person(key: string): Person | undefined {
    return this.people.find((person) => key === person.id || key === person.aadObjectId || key === slugOf(person.name));
  }

  /** The place and thread that a conversation id names; undefined: there is none. */
  address(conversationId: string): Address | undefined {
    const [base = '', thread] = conversationId.split(threadMark, 2);
    const place = this.places.find((candidate) => candidate.id === base);
    if (!place || (thread !== undefined && place.kind !== 'channel')) return undefined;
    return { place, thread };
  }

  /** The person's own chat with the bot. */
  personal(person: Person): Place | undefined {
    return this.places.find((place) => place.kind === 'personal' && place.members.includes(person));
  }

  /** What the person sees in the list of conversations. */
  visibleTo(person: Person): Conversation[] {
    return this.places
      .filter((place) => place.members.includes(person))
      .map(({ id, kind, title, members }) => ({ id, kind, title, memberNames: members.map(({ name }) => name) }));
  }
}

/** A conversation id as Teams writes it in an activity. */
export function conversationId(placeId: string, thread: string | undefined): string {
  return thread === undefined ? placeId : `${placeId}${threadMark}${thread}`;
}

/** `Ana Souza` → `ana-souza`, for `/?as=…`. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '');
  return plain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** A person as the page shows them; `tone` is their place among the people. */
export function viewOf(person: Person, tone: number): PersonView {
  const { id, name, role, locale, timeZone } = person;
  return { id, slug: slugOf(name), tone, name, role, locale, timeZone };
}

function placesOf({ people, botName, tenantId }: Pick<LocalChatOptions, 'people' | 'botName' | 'tenantId'>): Place[] {
  const key = (name: string) => createHash('sha256').update(`${tenantId}/${name}`).digest('hex').slice(0, 32);
  const personal = people.map(
    (person): Place => ({
      id: `a:1${key(person.id)}`,
      kind: 'personal',
      title: botName,
      members: [person],
    }),
  );
  return [
    ...personal,
    { id: `19:${key('group')}@thread.v2`, kind: 'groupChat', title: 'On-call', members: people },
    { id: `19:${key('channel')}@thread.tacv2`, kind: 'channel', title: 'Recovery', members: people },
  ];
}
