import { longestBefore, onList } from './cursor.ts';
import type { PlaceEntity } from './entities.ts';
import type { Lexicon } from './lexicon.ts';
import type { NameIndex } from './names.ts';
import type { Token } from './tokens.ts';

/** Azure's public regions (learn.microsoft.com, "List of Azure regions"). A region that is not here is understood after the word "region". */
const regions: ReadonlySet<string> = new Set(
  `australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral brazilsouth brazilsoutheast
  canadacentral canadaeast centralindia centralus chilecentral eastasia eastus eastus2 francecentral francesouth germanynorth
  germanywestcentral indonesiacentral israelcentral italynorth japaneast japanwest koreacentral koreasouth malaysiawest
  mexicocentral newzealandnorth northcentralus northeurope norwayeast norwaywest polandcentral qatarcentral southafricanorth
  southafricawest southcentralus southeastasia southindia spaincentral swedencentral swedensouth switzerlandnorth switzerlandwest
  uaecentral uaenorth uksouth ukwest westcentralus westeurope westindia westus westus2 westus3`.split(/\s+/),
);

/** How they begin: few words do. */
const beginnings: ReadonlySet<string> = new Set([...regions].map((region) => region.slice(0, 3)));

interface Reader {
  readonly lexicons: readonly Lexicon[];
  readonly names: NameIndex;
}

const tagShape = /^[\p{L}\p{N}][\p{L}\p{N}_.:/-]*=[\p{L}\p{N}][\p{L}\p{N}_.:/@-]*$/u;

/** Regions ("westeurope", "West Europe") and tags ("env=prod"), with the words that announce them. What is also a name is the name. */
export function placesIn(tokens: readonly Token[], reader: Reader): readonly PlaceEntity[] {
  return tokens.flatMap((token, at): PlaceEntity[] => {
    const region = regionAt(tokens, at, reader);
    if (region !== undefined) return [region];
    if (!token.text.includes('=') || !tagShape.test(token.text)) return [];
    return [
      { kind: 'tag', said: token.text, first: announced(tokens, at, { reader, list: 'tagged' }) ?? at, last: at },
    ];
  });
}

function regionAt(tokens: readonly Token[], at: number, reader: Reader): PlaceEntity | undefined {
  const cue = () => announced(tokens, at, { reader, list: 'region' });
  const { folded: own = '', lettered = true } = tokens[at] ?? {};
  for (const count of own.length < 3 || beginnings.has(own.slice(0, 3)) ? [3, 2, 1] : []) {
    const words = tokens.slice(at, at + count).map(({ folded }) => folded);
    const said = words.join('');
    if (words.length < count || !regions.has(said) || reader.names.has('vm', said)) continue;
    return { kind: 'region', said, first: cue() ?? at, last: at + count - 1 };
  }
  // "Region us3" of next year, but not "which region is it in".
  const first = !lettered && /^(?=.*\d)[a-z0-9]{4,40}$/.test(own) ? cue() : undefined;
  return first === undefined ? undefined : { kind: 'region', said: own, first, last: at };
}

function announced(
  tokens: readonly Token[],
  at: number,
  { reader, list }: { readonly reader: Reader; readonly list: 'tagged' | 'region' },
): number | undefined {
  return longestBefore(tokens, at, onList(reader.lexicons, list))?.first;
}
