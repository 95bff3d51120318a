import { sameId } from '../../azure/arm-id.ts';
import type { Network, ReplicatedItem } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import { own } from '../operation.ts';
import type { Choice, Finding } from '../screen.ts';

const message = own('failover.test');
/** The parameter's value for a test VM without a network card. */
export const none = 'none';

/** Networks of the recovery region, the isolated ones first; the production one last, with what is wrong with it. */
export async function networkChoices(context: Context, item: ReplicatedItem): Promise<readonly Choice[]> {
  const networks = (await context.azure.inventory.networks(item.recoveryRegion)).value;
  const ranked = networks
    .map((network) => ({ network, rank: isProduction(item, network.id) ? 2 : isForTests(network) ? 0 : 1 }))
    .sort((a, b) => a.rank - b.rank);
  return [
    ...ranked.map(({ network, rank }) => networkChoice(network, rank)),
    { value: none, title: message('none-choice'), details: message('none-details') },
  ];
}

/** Networks of a region for a VM that is to go there for real. */
export async function regionNetworkChoices(context: Context, region: string): Promise<readonly Choice[]> {
  const { value } = await context.azure.inventory.networks(region);
  return [
    ...value.map(({ id, name, resourceGroup }) => ({ value: id, title: name, details: resourceGroup })),
    { value: none, title: message('none-choice') },
  ];
}

function networkChoice(network: Network, rank: number): Choice {
  const details = [
    message('isolated'),
    message('other-network', { group: network.resourceGroup }),
    message('production-network'),
  ][rank];
  return { value: network.id, title: network.name, ...(details && { details }) };
}

function isProduction(item: ReplicatedItem, networkId: string): boolean {
  return item.recoveryNetworkId !== undefined && sameId(item.recoveryNetworkId, networkId);
}

function isForTests(network: Network): boolean {
  return (
    /test|drill|isolated/i.test(network.name) ||
    Object.values(network.tags).some((value) => /test|drill|isolated/i.test(value))
  );
}

/**
 * Warns of test VMs that would meet the real ones: never test into production while it is up (field.md C3). And of a network that lacks the subnet that a
 * VM goes to in a failover: Azure then takes the first one by name.
 */
export async function networkFindings(
  context: Context,
  items: readonly ReplicatedItem[],
  network: string,
): Promise<readonly Finding[]> {
  const [first] = items;
  if (network === none || first === undefined) return [];
  const production = items.some((item) => isProduction(item, network));
  const known = (await context.azure.inventory.networks(first.recoveryRegion)).value;
  const subnets = known.find(({ id }) => sameId(id, network))?.subnets;
  return [...(production ? [warning('into-production', {})] : []), ...(subnets ? missingSubnets(items, subnets) : [])];
}

function missingSubnets(items: readonly ReplicatedItem[], subnets: readonly string[]): readonly Finding[] {
  const has = new Set(subnets.map((name) => name.toLowerCase()));
  const wanted = new Set(items.flatMap(({ recoverySubnet }) => recoverySubnet ?? []));
  const instead = subnets.toSorted((a, b) => a.localeCompare(b))[0] ?? '–';
  return [...wanted]
    .filter((name) => !has.has(name.toLowerCase()))
    .map((subnet) => warning('no-subnet', { subnet, instead }));
}

function warning(id: 'into-production' | 'no-subnet', values: Readonly<Record<string, string>>): Finding {
  return { id, severity: 'warns', text: message(id, values), advice: message(`${id}.advice`, values) };
}
