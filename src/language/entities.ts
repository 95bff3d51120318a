import type { Moment } from './dates.ts';

interface Placed {
  /** Indexes of the first and last token. */
  readonly first: number;
  readonly last: number;
  readonly said: string;
}

/** The word is, or looks like, the name of a VM, a vault, a network… */
export interface NameEntity extends Placed {
  readonly kind: 'vm' | 'vault' | 'plan' | 'network' | 'group' | 'subscription' | 'policy';
  /** Something has exactly this name. */
  readonly known: boolean;
}

/** A region, as Azure writes it in `said`, or a tag with its value: `env=prod`. */
export interface PlaceEntity extends Placed {
  readonly kind: 'region' | 'tag';
}

/** A run's code, the id of a ticket, or the id of a job of Azure's, whole or its beginning. */
export interface MarkEntity extends Placed {
  readonly kind: 'run' | 'ticket' | 'job';
}

/** A moment: a day, or a time of day. */
export interface MomentEntity extends Placed {
  readonly kind: 'moment';
  readonly moment: Moment;
}

/** A length of time, and what is meant by it: how long, how long ago, within the last, or in how long. */
export interface LengthEntity extends Placed {
  readonly kind: 'length';
  readonly use: 'for' | 'ago' | 'within' | 'in';
  readonly count: number;
  readonly unit: string;
}

/** A number by itself. */
export interface NumberEntity extends Placed {
  readonly kind: 'number';
  readonly value: number;
}

/** A recovery point as it is told: by a word, or by its number in a list, from 1, newest first. */
export interface PointEntity extends Placed {
  readonly kind: 'point';
  readonly point: string | number;
}

/** What its own words announce, for the parameter of that name: a new machine's name, an account, notes. */
export interface AnnouncedEntity extends Placed {
  readonly kind: 'announced';
  readonly parameter: string;
}

/** Something in a sentence that is a value and not a word of the request. */
export type Entity =
  | NameEntity
  | PlaceEntity
  | MarkEntity
  | MomentEntity
  | LengthEntity
  | NumberEntity
  | PointEntity
  | AnnouncedEntity;
