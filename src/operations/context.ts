import type { Ports } from '../azure/ports.ts';
import type { Text } from '../message.ts';
import type { LeftOpenSummary } from './left-open.ts';
import type { Prices } from './prices.ts';
import type { RunSummary } from './run-summary.ts';

/** Who asks: an authenticated Teams user. Identity is `tenantId` and `oid`, from the verified activity; the rest is for showing. */
export interface Actor {
  readonly tenantId: string;
  /** Entra object id. */
  readonly oid: string;
  readonly name: string;
}

/** How the person reads: BCP 47 locale and IANA time zone. */
export interface Reader {
  readonly locale: string;
  readonly timeZone: string;
}

/** What an operation may know. Built once by the composition root; `actor` and `reader` belong to the request. */
export interface Context {
  readonly azure: Ports;
  readonly runs: RunReader;
  readonly now: () => Date;
  readonly actor: Actor;
  readonly reader: Reader;
  /** What storage costs here; the dated list prices of `prices.ts` without it. */
  readonly prices?: Prices;
  /** Whether the bot knows a chat with the actor alone: where what nobody else may see is shown. */
  readonly ownChat: () => Promise<boolean>;
}

/** The commands that do by hand what a run was approved for, or why they are not shown. */
export type HandedOver =
  | {
      readonly run: RunSummary;
      readonly commands: readonly string[];
      /** The bot had sent nothing, and never will: it is up to whoever asked. */
      readonly takenOver?: true;
    }
  | { readonly run: RunSummary; readonly refused: 'not-approved' | 'not-involved' | 'none' | 'being-sent' };

/** The stored runs, as far as an operation may read them. */
export interface RunReader {
  /** By its short code in any casing, within the actor's tenant. */
  find(code: string, tenantId: string): Promise<RunSummary | undefined>;
  /** The commands of an approved run, for its requester and its approvers, who take it over with them where nothing was sent yet; showing and refusing are audited. Undefined: no such run. */
  byHand(code: string, actor: Actor): Promise<HandedOver | undefined>;
  /** Newest first. */
  recent(tenantId: string, limit: number): Promise<readonly RunSummary[]>;
  awaitingApproval(tenantId: string): Promise<readonly RunSummary[]>;
  /** What ended runs left open in Azure, oldest first. */
  leftOpen(tenantId: string): Promise<readonly LeftOpenSummary[]>;
  /** Started without their approvals, and reviewed by nobody yet; oldest first. */
  owedReview(tenantId: string): Promise<readonly RunSummary[]>;
  /** Terminal successful runs of an operation on a target, newest first (what cleanup needs to know). */
  timeline(code: string, tenantId: string): Promise<readonly { readonly at: string; readonly text: Text }[]>;
}
