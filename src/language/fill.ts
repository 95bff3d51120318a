import type { ParameterInfo, ParameterKind } from '../operations/parameters.ts';
import { expiryMeanings, moved, pastMeanings } from './dates.ts';
import { diskNames, disksSaid } from './disk-said.ts';
import type { Entity, LengthEntity, MomentEntity } from './entities.ts';
import type { Found, Named, NameIndex, NameMatch, Within } from './names.ts';
import { oneOrAll, planPointSaid, pointSaid } from './point-said.ts';
import { firstOf, type Item } from './reading.ts';
import { regionSaid } from './region-said.ts';
import { targetGroup } from './target-group.ts';

/** A value of a sentence, as it was said and as far as it could be resolved. */
export interface Said {
  readonly kind: ParameterKind | 'number';
  /** The person's own words. */
  readonly said: string;
  /** Resolved: an ISO instant, the ARM id when exactly one thing has exactly this name, a number, a run's code in capitals. */
  readonly value?: unknown;
  readonly candidates?: readonly Named[];
  readonly match?: NameMatch;
  /** A time that the clocks show twice, or never: all moments that it can mean, in order. Nobody but the person can choose. */
  readonly meanings?: readonly string[];
  /** Of a recovery point: before the value, not at it. */
  readonly before?: true;
}

/** Who speaks, and what exists. */
export interface Speaker {
  readonly locale: string;
  /** IANA. */
  readonly timeZone: string;
  readonly now: Date;
  readonly names: NameIndex;
  /** The name of what was spoken of last: what "it" stands for. */
  readonly it?: string | undefined;
}

/** What a sentence says about the parameters of an operation. What it does not say is not in it. */
export function fill(
  parameters: readonly ParameterInfo[],
  items: readonly Item[],
  speaker: Speaker,
): Record<string, Said> {
  const used = new Set<Item>();
  const filled: Record<string, Said> = {};
  const isAsked = parameters.some(({ kind }) => kind === 'resource-group');
  const target = isAsked ? targetGroup(items, speaker.names) : undefined;
  // Where something goes says nothing about where it comes from.
  const filling = { items: items.filter((item) => item !== target), used, speaker, target: target?.entity.said };
  for (const parameter of parameters) {
    const said = valueFor(parameter, filling);
    if (said !== undefined) filled[parameter.name] = said;
  }
  return filled;
}

interface Filling {
  readonly items: readonly Item[];
  readonly used: Set<Item>;
  readonly speaker: Speaker;
  /** The resource group into which something is to go. */
  readonly target: string | undefined;
}

type Filler = (filling: Filling, name: string) => Said | undefined;

/** A kind that is not here is never read out of a sentence: the dialog asks for it. */
const fillers: Readonly<Partial<Record<ParameterKind, Filler>>> = {
  vm: namedSaid,
  words: (filling, name) => announcedSaid(filling, name, 'words'),
  notes: (filling, name) => announcedSaid(filling, name, 'notes'),
  run: runSaid,
  expiry: expirySaid,
  instant: instantSaid,
  'replication-point': ({ items, speaker }) => pointSaid('replication-point', items, speaker),
  'recovery-point': ({ items, speaker }) => pointSaid('recovery-point', items, speaker),
  'plan-point': ({ items }) => planPointSaid(items),
  disks: disksFilled,
  network: networkSaid,
  region: ({ items, speaker }) => regionSaid(items, speaker.names),
  'disk-size': (filling) => optionSaid(filling, 'disk-size', Number),
  'disk-type': (filling) => optionSaid(filling, 'disk-type', String),
  zone: (filling) => optionSaid(filling, 'zone', String),
  'resource-group': ({ target }) => (target === undefined ? undefined : { kind: 'resource-group', said: target }),
  'group-name': (filling) => placeSaid(filling, 'group', 'group-name'),
  'subscription-name': (filling) => placeSaid(filling, 'subscription', 'subscription-name'),
  'region-name': (filling) => placeSaid(filling, 'region', 'region-name'),
  tag: (filling) => placeSaid(filling, 'tag', 'tag'),
  vault: (filling) => indexed(filling, 'vault'),
  plan: (filling) => indexed(filling, 'plan') ?? otherName(filling, 'plan'),
  'replication-job': (filling) => marked(filling, 'job', 'replication-job'),
  policy: (filling) => marked(filling, 'policy', 'policy'),
  snapshot: (filling) => otherName(filling, 'snapshot'),
  'backup-job': (filling) => marked(filling, 'job', 'backup-job'),
  'snapshot-run': ({ items }) => markSaid(items, 'run', 'snapshot-run'),
};

function valueFor({ name, kind }: ParameterInfo, filling: Filling): Said | undefined {
  return fillers[kind]?.(filling, name);
}

type EntityOf<K extends Entity['kind']> = Entity & { readonly kind: K };

function entitiesOf<K extends Entity['kind']>(items: readonly Item[], kind: K): readonly EntityOf<K>[] {
  const isOfKind = (entity: Entity): entity is EntityOf<K> => entity.kind === kind;
  return items.flatMap((item) => (item.kind === 'value' && isOfKind(item.entity) ? [item.entity] : []));
}

/** What is said of disks is no VM. */
function disksFilled({ items, used }: Filling): Said | undefined {
  const value = disksSaid(items);
  for (const item of diskNames(items)) used.add(item);
  return value.length === 0 ? undefined : { kind: 'disks', said: value.join(', '), value };
}

function namedSaid({ items, used, speaker }: Filling): Said | undefined {
  const entities = entitiesOf(
    items.filter((item) => !used.has(item)),
    'vm',
  );
  const known = entities.filter((entity) => entity.known);
  const chosen = known.length > 0 ? known : entities;
  for (const item of items)
    if (item.kind === 'value' && chosen.some((entity) => entity === item.entity)) used.add(item);
  const names = chosen.map(({ said }) => said);
  const unknown = items.filter((item) => item.kind === 'unknown').map(({ form }) => form);
  const codes = entitiesOf(items, 'run').map(({ said }) => said);
  const said = [names, codes, unknown.slice(0, 1)].find((list) => list.length > 0) ?? [];
  if (said.length === 0) return undefined;
  return vmSaid(
    [...new Set(said.map((name) => name.toLowerCase()))].length === 1 ? said.slice(0, 1) : said,
    items,
    speaker,
  );
}

/** Several VMs at once are all candidates: one of them has to be chosen. */
function vmSaid(said: readonly string[], items: readonly Item[], speaker: Speaker): Said {
  const within = {
    resourceGroup: entitiesOf(items, 'group')[0]?.said,
    subscription: entitiesOf(items, 'subscription')[0]?.said,
  };
  const found = said.map((name) => findVm(name, within, speaker.names));
  const candidates = found.flatMap((one) => one.found);
  const match = found.find((one) => one.match !== 'exact')?.match ?? 'exact';
  const [only] = candidates;
  const sure = match === 'exact' && candidates.length === 1 && only !== undefined;
  return { kind: 'vm', said: said.join(', '), match, candidates, ...(sure ? { value: only.id } : {}) };
}

function findVm(said: string, { resourceGroup, subscription }: Within, names: NameIndex): Found {
  if (said.includes(' ')) {
    // "sql prod 01" is how sql-prod-01 is spoken, not how it is written: it is offered.
    const { found } = names.find('vm', said.replaceAll(' ', '-'));
    return { match: found.length > 0 ? 'near' : 'none', found };
  }
  const parts = said.split('/');
  const [name, group] = parts.length > 4 ? [parts.at(-1) ?? said, parts[4]] : [said, resourceGroup];
  if (group === undefined && subscription === undefined) return names.find('vm', name);
  const there = names.find('vm', name, { resourceGroup: group, subscription });
  if (there.match === 'exact') return there;
  const elsewhere = names.find('vm', name);
  // The name exists, but not in that group: it is offered, for the person may have mixed up the groups.
  return elsewhere.match === 'exact' ? { match: 'near', found: elsewhere.found } : there;
}

function runSaid({ items }: Filling): Said | undefined {
  const said =
    entitiesOf(items, 'run')[0]?.said ??
    items.find((item) => item.kind === 'unknown' && /^[a-z0-9]{4}$/.test(item.form));
  if (said === undefined) return undefined;
  const code = typeof said === 'string' ? said : 'form' in said ? said.form : '';
  return { kind: 'run', said: code, value: code.toUpperCase() };
}

function expirySaid({ items, speaker }: Filling): Said | undefined {
  const length = entitiesOf(items, 'length').find(({ use }) => use === 'for' || use === 'in');
  if (length !== undefined)
    return {
      kind: 'expiry',
      said: length.said,
      value: moved(speaker.now, length.count, length.unit, speaker.timeZone),
    };
  const moment = entitiesOf(items, 'moment')[0];
  return moment === undefined
    ? undefined
    : { kind: 'expiry', said: moment.said, ...oneOrAll(expiryMeanings(moment.moment, speaker.timeZone)) };
}

/** `until` takes what follows "until", every other instant what does not. */
function instantSaid({ items, used, speaker }: Filling, name: string): Said | undefined {
  const isEnd = /until|before|end|to$/i.test(name);
  const item = items.find(
    (one) =>
      one.kind === 'value' &&
      (one.entity.kind === 'moment' || one.entity.kind === 'length') &&
      !used.has(one) &&
      followsUntil(items, one) === isEnd,
  );
  if (item?.kind !== 'value') return undefined;
  used.add(item);
  const entity = item.entity;
  if (entity.kind === 'moment') return momentSaid(entity, isEnd, speaker);
  return entity.kind === 'length' ? agoSaid(entity, speaker) : undefined;
}

function momentSaid({ said, moment }: MomentEntity, isEnd: boolean, speaker: Speaker): Said {
  return { kind: 'instant', said, ...oneOrAll(pastMeanings(moment, isEnd ? 'end' : 'begin', speaker)) };
}

function agoSaid({ said, count, unit }: LengthEntity, { now, timeZone }: Speaker): Said {
  return { kind: 'instant', said, value: moved(now, -count, unit, timeZone) };
}

function followsUntil(items: readonly Item[], item: Item): boolean {
  const before = items
    .slice(0, items.indexOf(item))
    .findLast((one) => one.kind !== 'word' || one.senses.some(({ concept }) => concept !== 'neutral'));
  if (before?.kind === 'word')
    return (
      firstOf(item) - before.last <= 3 &&
      before.senses.some(({ concept }) => concept === 'until' || concept === 'before')
    );
  // "Between Monday and Friday": the second time ends it.
  const spans = items.some((one) => one.kind === 'word' && one.senses.some(({ concept }) => concept === 'between'));
  return spans && before?.kind === 'value' && (before.entity.kind === 'moment' || before.entity.kind === 'length');
}

/** A word of the lexicon that stands for a value: its concept is the kind and the value, `zone:2`. */
function optionSaid({ items }: Filling, kind: ParameterKind, read: (value: string) => unknown): Said | undefined {
  for (const item of items) {
    if (item.kind !== 'word') continue;
    const concept = item.senses.map((sense) => sense.concept).find((one) => one.startsWith(`${kind}:`));
    if (concept !== undefined) return { kind, said: item.form, value: read(concept.slice(kind.length + 1)) };
  }
  return undefined;
}

function networkSaid(filling: Filling): Said | undefined {
  const none = filling.items.find(
    (item) => item.kind === 'word' && item.senses.some(({ concept }) => concept === 'no-network'),
  );
  // "The isolated network vnet-drill" has a name.
  const network = entitiesOf(filling.items, 'network')[0];
  if (network !== undefined) return { kind: 'network', said: network.said };
  return none?.kind === 'word' ? { kind: 'network', said: none.form, value: 'none' } : otherName(filling, 'network');
}

/** A part of the estate: by its name alone, for it is compared with what there is and not looked up. */
function placeSaid(
  { items }: Filling,
  entity: 'group' | 'subscription' | 'region' | 'tag',
  kind: ParameterKind,
): Said | undefined {
  const said = entitiesOf(items, entity)[0]?.said;
  return said === undefined ? undefined : { kind, said, value: said };
}

/** Resolved when exactly one thing of the kind has exactly this name; otherwise the dialog offers what there is. */
function indexed({ items, speaker }: Filling, kind: 'vault' | 'plan'): Said | undefined {
  const said = entitiesOf(items, kind)[0]?.said;
  if (said === undefined) return undefined;
  const { match, found } = speaker.names.find(kind, said);
  const [only] = found;
  return { kind, said, ...(match === 'exact' && found.length === 1 && only !== undefined ? { value: only.id } : {}) };
}

/** What shows by its form or by its words what it is; else a name that is in no index. */
function marked(filling: Filling, mark: 'job' | 'policy', kind: ParameterKind): Said | undefined {
  return markSaid(filling.items, mark, kind) ?? otherName(filling, kind);
}

/** What was announced for this very parameter. */
function announcedSaid({ items }: Filling, name: string, kind: ParameterKind): Said | undefined {
  const said = entitiesOf(items, 'announced').find(({ parameter }) => parameter === name)?.said;
  return said === undefined ? undefined : { kind, said, value: said };
}

function markSaid(items: readonly Item[], mark: Entity['kind'], kind: ParameterKind): Said | undefined {
  const said = entitiesOf(items, mark)[0]?.said;
  return said === undefined ? undefined : { kind, said };
}

/** A name that is in no index: the dialog compares it with what Azure offers. */
function otherName({ items, used }: Filling, kind: ParameterKind): Said | undefined {
  const isOther = (item: Item) =>
    item.kind === 'value' && item.entity.kind === 'vm' && !item.entity.known && !used.has(item);
  const item = items.find(isOther);
  if (item?.kind !== 'value') return undefined;
  used.add(item);
  return { kind, said: item.entity.said };
}
