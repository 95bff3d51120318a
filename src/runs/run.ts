import type { JobProgress, JobRef } from '../azure/types.ts';
import type { Message, Text } from '../message.ts';
import type { Actor, Reader } from '../operations/context.ts';
import type { Risk } from '../operations/operation.ts';
import type { RunState } from '../operations/run-summary.ts';
import type { Answer, Finding, Outcome, Preview } from '../operations/screen.ts';

/** Somebody's agreement, from the verified identity of the click or the sentence. */
export interface Approval {
  readonly actor: Actor;
  /** ISO 8601. */
  readonly at: string;
  readonly comment?: string;
}

/** What the policy asks for before a run may start. */
export interface Requirement {
  /** By the requester: nothing, a click, or the target's name typed. */
  readonly confirmation: 'none' | 'click' | 'typed-name';
  /** Distinct people other than the requester. */
  readonly approvals: number;
  /** Ids of the rules of the policy that asked for it, in the order of the file. */
  readonly rules?: readonly string[];
  /** Entra object ids of those who may approve, on top of their rights in Azure; absent: whoever holds the rights. */
  readonly approvers?: readonly string[];
  /** Object ids of groups in Entra; who approves must belong to all of them, on top of everything else. */
  readonly approverGroups?: readonly string[];
  /** Of runs stored before every rejection had to say why. */
  readonly rejectionReason?: boolean;
}

/** Somebody started a run without the approvals that were missing, or is about to: the mark stays on the run. */
export interface BreakGlass {
  readonly actor: Actor;
  /** When it was asked for; the second step has five minutes from here. ISO 8601. */
  readonly at: string;
  readonly reason: string;
  /** When the second step started the run; absent when it was never taken. */
  readonly usedAt?: string;
  /** Until when somebody else has to look at it. */
  readonly reviewBy?: string;
  readonly reviewed?: { readonly actor: Actor; readonly at: string; readonly comment: string };
}

/** One thing that was different when the preview was read again. */
export interface Difference {
  /** A key of `Preview.measured`. */
  readonly what: string;
  readonly was: string;
  readonly now: string;
}

/** A warning at the start that was not on the card when it was agreed to. */
export interface NewWarning {
  /** What the same warning said then. */
  readonly was?: Message;
  readonly now: Message;
}

/** One execution of an operation, as it is stored. All times are ISO 8601 in UTC. */
export interface Run {
  /** UUID. */
  readonly id: string;
  /** Four characters for people: `4F7K`. */
  readonly code: string;
  readonly version: number;
  readonly state: RunState;
  readonly operation: string;
  readonly risk: Exclude<Risk, 'read'>;
  /** Frozen at the proposal, already parsed by the operation's schema. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** SHA-256 (hex) over the canonical form of operation, parameters and what the preview measured; its first six characters are shown. */
  readonly planHash: string;
  readonly targets: readonly string[];
  readonly targetName: string;
  readonly requester: Actor;
  readonly reader: Reader;
  readonly reason?: string;
  /** The Bot Framework conversation in which it was asked for. */
  readonly conversationId: string;
  readonly preview: Preview;
  readonly findings: readonly Finding[];
  readonly requirement: Requirement;
  readonly approvals: readonly Approval[];
  readonly createdAt: string;
  /** Until when it can be confirmed and approved; then it expires. */
  readonly decideBy: string;
  readonly approvedAt?: string;
  readonly startingAt?: string;
  readonly endedAt?: string;
  readonly clientRequestId: string;
  readonly job?: JobRef;
  readonly progress?: JobProgress;
  /** Azure does not answer, or has asked us to wait: since when, why, and when we look again. */
  readonly waiting?: {
    readonly since: string;
    readonly why: Text;
    readonly nextLookAt: string;
    /** It is the requester who is waited for: they are to sign in. */
    readonly forRequester?: true;
  };
  readonly outcome?: Outcome;
  /** Why it failed, was rejected, expired, was superseded or needs attention. */
  readonly why?: Text;
  readonly advice?: Text;
  readonly differences?: readonly Difference[];
  readonly newWarnings?: readonly NewWarning[];
  /** Azure's correlation id of a failure. */
  readonly correlationId?: string;
  /** Who rejected or withdrew it. */
  readonly decidedBy?: Actor;
  /** It was rejected with a wish for changes: the requester is to ask again. */
  readonly sentBack?: true;
  /** The code of the run of the same requester that was sent back, and that this one stands for. */
  readonly replaces?: string;
  readonly breakGlass?: BreakGlass;
}

/** A run with what only the engine needs. */
export interface StoredRun extends Run {
  /**
   * Counts every write of the row: what compare-and-set compares, and what a queued step names. `version` counts only what
   * was shown (parameters and preview), so that two approvers who click on the same card both count.
   */
  readonly revision: number;
  /** How often `submit` may have been called. */
  readonly submissions: number;
  /** Since when Azure's records show nothing of an `unknown` run's request; a second look waits out the lag of Azure's lists. */
  readonly nothingFoundAt?: string;
  /** Since when Azure's job waits for a person to do what `progress.waitsFor` names. */
  readonly stoodSince?: string;
}

/** What a person can do to a run. */
export type Verb = 'confirm' | 'approve' | 'reject' | 'request-changes' | 'withdraw' | 'break-glass';

/** A click or a sentence: it names a run and a wish, and proves nothing. */
export interface Decision {
  readonly run: { readonly id: string } | { readonly code: string };
  /** The version that the card showed; absent when it was typed. */
  readonly version?: number;
  readonly verb: Verb;
  readonly actor: Actor;
  readonly conversationId: string;
  readonly comment?: string;
  /** For a confirmation that wants the target's name, and for the second step of breaking the glass: the name or the code. */
  readonly typedName?: string;
}

/** What a person found in Azure about a run that the engine could not decide. */
export interface Settlement {
  readonly run: Decision['run'];
  readonly actor: Actor;
  readonly conversationId: string;
  /** `look-again` follows the known job once more; the others are how it ended. */
  readonly found: 'look-again' | 'succeeded' | 'failed' | 'cancelled';
  /** What was seen, and where: it becomes part of the record. */
  readonly comment: string;
}

/** What somebody who could have approved says about a run that was started without the approvals. */
export interface Review {
  readonly run: Decision['run'];
  readonly actor: Actor;
  readonly conversationId: string;
  readonly comment: string;
}

/** The requester has signed in to Azure, and wants their run to go on. */
export interface Start {
  readonly run: { readonly id: string };
  readonly actor: Actor;
  readonly conversationId: string;
}

/** What became of a decision. A refusal is an answer, is audited, and changes nothing. */
export type DecisionResult =
  | { readonly accepted: true; readonly run: Run }
  | { readonly accepted: false; readonly run?: Run; readonly why: Text; readonly advice: Text; readonly code: string };

/** A request for a run: an operation with complete parameters, by an authenticated person, in a conversation. */
export interface Proposal {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly reader: Reader;
  readonly conversationId: string;
  readonly reason?: string;
}

/** A click that asks for what a run keeps for its requester alone. */
export interface Revealing {
  readonly runId: string;
  readonly actor: Actor;
  readonly conversationId: string;
  /** In the chat of this one person with the bot. */
  readonly alone: boolean;
}

/** What the chat edge may ask of the runs. */
export interface RunService {
  /**
   * Refuses what cannot be started at all, before anybody is asked for its parameters; they need not be there yet. The refusal is audited.
   * @throws CatalogueError `destructive-off`
   */
  assertStartable(proposal: Proposal): Promise<void>;
  /**
   * Checks the rights, computes the preview and the findings, stores the run and queues its card.
   * @throws CatalogueError `no-right`, `target-busy`, or whatever the preview meets in Azure.
   */
  propose(proposal: Proposal): Promise<Run>;
  /** The preview and the findings of a proposal, stored nowhere: "plan …". */
  plan(
    proposal: Proposal,
  ): Promise<{ readonly preview: Preview; readonly findings: readonly Finding[]; readonly requirement: Requirement }>;
  decide(decision: Decision): Promise<DecisionResult>;
  /** Ends, or takes up again, a run that needs attention, by the word of a person who has looked in Azure. */
  settle(settlement: Settlement): Promise<DecisionResult>;
  /** Lets a run go on at once that waits for its requester to sign in; whether they have is asked by the run's own step. */
  start(wish: Start): Promise<DecisionResult>;
  /** Ends the review that a broken glass is owed. */
  review(review: Review): Promise<DecisionResult>;
  /** Audits a click whose data is of no card of ours; it does nothing else. */
  recordForgery(action: {
    readonly actor: Actor;
    readonly conversationId: string;
    readonly verb: string;
  }): Promise<void>;
  /**
   * What a run keeps for its requester alone, read from Azure for this one answer. Both showing and refusing are audited.
   * @throws CatalogueError `run-not-found`, `only-own-chat`, `not-the-requester`, `no-right`, `script-gone`
   */
  reveal(asked: Revealing): Promise<Answer>;
  get(id: string): Promise<Run | undefined>;
  find(code: string, tenantId: string): Promise<Run | undefined>;
  /** The one run of this person in this conversation that waits for their confirmation, for a typed "yes". */
  awaitingConfirmation(oid: string, conversationId: string): Promise<Run | undefined>;
}
