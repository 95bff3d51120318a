import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Attachment, TurnContext } from 'botbuilder';
import type { Speech } from '../language/speak.ts';
import type { Text } from '../message.ts';
import type { Actor, Reader } from '../operations/context.ts';
import type { MadeFile, Screen } from '../operations/screen.ts';
import type { PostPort } from '../posts/index.ts';
import type { CardPort, ConversationBook, DeliveryLog } from '../runs/ports.ts';
import type { RunService } from '../runs/run.ts';
import type { Drawing } from './cards/drawing.ts';
import type { SignIn } from './identity/sso.ts';
import type { Limits } from './turn/limits.ts';

/** Who speaks or clicks, from the verified activity, and where. */
export interface Person {
  readonly actor: Actor;
  readonly reader: Reader;
  /** Teams' own id of the person for this bot, `29:…`: what mentions and `refresh.userIds` name. */
  readonly mri: string;
  readonly conversationId: string;
  readonly conversationKind: 'personal' | 'group' | 'channel';
  /** The locale of their client, where they have asked for another language. */
  readonly clientLocale?: string;
}

/** A click on something that is not a run's own button. Nothing in `data` is trusted. */
export interface CardAction {
  /** `wish`: data is a `Wish`. `choose`: data is `{ question: string, choice: number }`, counted from 1. */
  readonly verb: 'wish' | 'choose';
  readonly data: unknown;
}

/** The conversation itself: what the dialogs do with words and clicks. */
export interface Talk {
  /** `turn.activity.text` is plain: without the mention, HTML entities and doubled spaces. */
  message(turn: TurnContext, person: Person): Promise<void>;
  /** What it returns is shown to the clicking person in place of the card, or as a toast when it is a string. */
  action(turn: TurnContext, person: Person, action: CardAction): Promise<Screen | string>;
  /** A click was refused, and the card has told the reason: "why" may be asked next. */
  refused(turn: TurnContext, refusal: { readonly why: Text; readonly advice: Text }): Promise<void>;
  /** The file that a person has taken up; undefined: there is none, and they were told why. */
  file(turn: TurnContext, person: Person, wish: unknown): Promise<MadeFile | undefined>;
  /** The bot was added to a conversation. */
  welcome(turn: TurnContext, person: Person | undefined): Promise<void>;
}

/** The part of `@azure/identity`'s TokenCredential that is used: a secret, a certificate, a federated or a managed identity. */
export interface TokenCredentialLike {
  getToken(scope: string): Promise<{ readonly token: string } | null>;
}

/** The bot as Teams knows it. */
export interface TeamsIdentity {
  readonly kind: 'teams';
  readonly appId: string;
  readonly appType: 'SingleTenant' | 'UserAssignedMSI' | 'MultiTenant';
  readonly tenantId: string;
  readonly credential: TokenCredentialLike;
  /** Issuer of the Bot Connector's tokens; `https://api.botframework.com`. */
  readonly issuer?: string;
  readonly openIdMetadataUrl?: string;
  /** Host names beside Microsoft's own that a service URL may name. */
  readonly extraServiceHosts?: readonly string[];
}

/** Practice takes no token and speaks to this machine only; it cannot carry Teams' credentials. */
export type BotIdentity = { readonly kind: 'practice' } | TeamsIdentity;

/** Structured logging: fields first, as pino has it. */
export interface BotLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

/** What the bot is built from. */
export interface BotOptions {
  readonly identity: BotIdentity;
  /** Entra tenant ids whose people are heard. */
  readonly allowedTenants: readonly string[];
  /** Tenants, as Teams' roster names them, of which guests are heard; of none unless given. */
  readonly guestTenants?: readonly string[] | undefined;
  /** Asked for when it is needed: the runs are built with this bot's cards. */
  readonly runs: () => RunService;
  readonly conversations: ConversationBook;
  readonly deliveries: DeliveryLog;
  /** The bot was removed from a conversation: nothing is said there any more. */
  readonly forget?: (conversationId: string) => Promise<void>;
  readonly talk: Talk;
  /** People are signed in to Azure, which is changed in their name. */
  readonly signIn?: SignIn | undefined;
  readonly speech: Pick<Speech, 'speakerFor' | 'tagFor'>;
  readonly now: () => Date;
  /** The locale to speak to a person in, given that of their client: some have asked for another language. */
  readonly localeOf?: (actor: Pick<Actor, 'tenantId' | 'oid'>, client: string) => Promise<string>;
  readonly log: BotLog;
  /** Practice mode's page and connector: asked for every request that is not the bot's; false when it is not theirs either. */
  readonly fallback?: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly ready?: () => Promise<{ readonly ok: boolean; readonly [part: string]: unknown }>;
  /** After this the HTTP request is answered while the turn goes on: 10. Teams gives up at 15 and sends it again. */
  readonly turnSeconds?: number;
  /** Longest wait for Teams to answer one call: 8. */
  readonly outboundSeconds?: number;
  /** How much is heard of a person, in a conversation and at once; `usualLimits` unless given. */
  readonly limits?: Limits;
  /** Shared with whoever draws too; built from `speech` and `now` unless given. */
  readonly drawing?: Drawing;
}

/** The running edge. */
export interface Bot {
  /** @throws Error in practice mode when the host is not this machine's own. */
  listen(port: number, host: string): Promise<{ readonly port: number; readonly url: string }>;
  readonly cards: CardPort;
  /** Where the bot says something by itself. */
  readonly posts: PostPort;
  draw(screen: Screen, reader: Reader): Attachment;
  /** Resolves when few turns are under way, and within five seconds: for work that lets people go first. */
  calm(): Promise<void>;
  /** Takes no more requests and waits for the turns that are under way. */
  close(): Promise<void>;
}
