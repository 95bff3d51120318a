import { azureCredential } from './azure/identities.ts';
import { connectAzure, FixedTokenCredential } from './azure/index.ts';
import type { Ports } from './azure/ports.ts';
import { typedOptions } from './command-line.ts';
import { createSpeech } from './language/speak.ts';
import { loadLocales } from './locales/index.ts';
import { operations } from './operations/index.ts';
import { type FleetPorts, lookAtFleet } from './operations/status/fleet.ts';
import { fleetCsv } from './operations/status/fleet-csv.ts';
import { countOf, fleetParts } from './operations/status/fleet-lines.ts';
import { troublesOf } from './operations/status/fleet-troubles.ts';

const usage = `Usage: npm run -s fleet -- --subscription ID[,ID]... [--csv] [--group NAME] [--region NAME] [--tag NAME=VALUE]
       counts how backup and replication stand, seen by whoever is signed in to Azure here (az login, a managed identity)
  --csv                 one row per VM instead, to standard output
  --simulator-url URL   a local simulator instead of Azure
  --locale TAG          en, pt-BR or it`;

const values = typedOptions(usage, {
  subscription: { type: 'string', multiple: true, default: [] },
  csv: { type: 'boolean', default: false },
  group: { type: 'string' },
  region: { type: 'string' },
  tag: { type: 'string' },
  locale: { type: 'string', default: 'en' },
  'simulator-url': { type: 'string' },
});

const now = () => new Date();

/** Whoever is signed in sees what Azure shows them: Resource Graph leaves out the rest, and no second look at rights is needed. */
function portsOf(ports: Ports): FleetPorts {
  const access = { ...ports.access, holds: async () => true };
  return { azure: { inventory: ports.inventory, access }, actor: { tenantId: '', oid: '', name: '' } };
}

function connect(subscriptionIds: readonly string[]): Ports {
  const url = values['simulator-url'];
  const log = () => undefined;
  const azure = { subscriptionIds, now, log };
  if (url === undefined) return connectAzure({ ...azure, credential: azureCredential() });
  return connectAzure({
    ...azure,
    credential: new FixedTokenCredential({ oid: 'fleet', tid: 'fleet' }),
    simulatorUrl: url,
  });
}

async function main(): Promise<number> {
  const subscriptions = values.subscription.flatMap((list) => list.split(',')).map((id) => id.trim());
  if (subscriptions.length === 0) {
    console.error(usage);
    return 2;
  }
  const { group, region, tag } = values;
  const fleet = await lookAtFleet(portsOf(connect(subscriptions)), { group, region, tag });
  const troubles = troublesOf(fleet, now());
  const speech = createSpeech(operations, loadLocales());
  const speak = speech.speakerFor({ locale: values.locale, timeZone: 'UTC', now: now() });
  // What could not be looked at is told beside the file, not in it.
  for (const unseen of fleet.unseen) console.error(speak(unseen));
  if (values.csv) process.stdout.write(fleetCsv(fleet, troubles));
  else
    for (const part of fleetParts) {
      const count = countOf(troubles, part);
      console.log(speak({ message: `fleet.summary.of-${part}`, values: { count, total: fleet.vms.length } }));
    }
  return fleet.unseen.length === 0 ? 0 : 1;
}

process.exitCode = await main();
