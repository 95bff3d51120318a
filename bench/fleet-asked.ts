import { connectAzure, FixedTokenCredential } from '../src/azure/index.ts';
import type { Ports } from '../src/azure/ports.ts';
import { fleetSummary } from '../src/operations/status/fleet-summary.ts';
import { benchSubscription, contextOf, timed } from './fleet-context.ts';

/*
 * `node fleet-asked.ts TINY URL`: asks for the summary of the estate at URL once, after the code of the SDKs and of the summary has been loaded and
 * compiled on an estate so small that it leaves nothing in memory. Prints the seconds, those of them on a processor, the calls, and the most megabytes that the
 * process ever held.
 */
const [tiny = '', url = ''] = process.argv.slice(2);
const credential = new FixedTokenCredential({ oid: 'bot', tid: 'tenant' });

/** Ports that remember nothing of an earlier question, and count what they send. */
function counting(simulatorUrl: string): { readonly ports: Ports; readonly calls: () => number } {
  let calls = 0;
  const log = ({ event }: { readonly event: string }): void => {
    if (/azure/i.test(event)) calls += 1;
  };
  const subscriptionIds = [benchSubscription];
  const ports = connectAzure({ credential, subscriptionIds, now: () => new Date(), log, simulatorUrl });
  return { ports, calls: () => calls };
}

const ask = async (ports: Ports) => await fleetSummary.answer(contextOf(ports), {});

for (let time = 0; time < 20; time += 1) await ask(counting(tiny).ports);
const { ports, calls } = counting(url);
const taken = await timed(async () => await ask(ports));
process.stdout.write(JSON.stringify({ ...taken, calls: calls(), megabytes: process.resourceUsage().maxRSS / 2 ** 10 }));
