import { jobStatus } from './backup/render.ts';
import { readClock } from './clock.ts';
import type { World } from './exchange.ts';
import { jobState } from './recovery/job-render.ts';
import { protectionState } from './recovery/view.ts';
import type { State } from './state.ts';

/** A page that shows what the simulator holds at this moment, without script. */
export function statePage(state: State): string {
  const world: World = { state, now: readClock(state.clock, Date.now()) };
  const sections = [summary(world), vaults(world), jobs(world), machines(world)];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Azure simulator</title>${style}</head>
<body><h1>Azure simulator</h1>${sections.join('\n')}</body></html>`;
}

const style = `<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;width:100%;margin:0 0 2rem}th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #ddd}
@media (prefers-color-scheme:dark){body{color:#eee;background:#1b1b1b}th,td{border-color:#444}}</style>`;

function summary({ state, now }: World): string {
  const { strictAuthorization, throttling, pace, graphLag } = state.settings;
  return table(
    'State',
    ['What', 'Value'],
    [
      ['Estate', state.estate],
      ['Clock', new Date(now).toISOString()],
      [
        'Simulated',
        'Azure Backup, Site Recovery (Azure to Azure), compute, Resource Graph, authorization, subscriptions, groups, networks, storage accounts',
      ],
      ['VMs, disks, snapshots', `${size(state.vms)}, ${size(state.disks)}, ${size(state.snapshots)}`],
      [
        'Settings',
        `strict authorization ${strictAuthorization}, throttling ${throttling}, pace ${pace}, graph lag ${graphLag} ms`,
      ],
      ['Still to come', `${state.pending.length} steps`],
    ],
  );
}

function vaults({ state }: World): string {
  const rows = Object.values(state.vaults)
    .slice(0, 100)
    .map((vault) => [vault.name, vault.location, String(size(vault.backup.items)), String(size(vault.recovery.items))]);
  return table('Vaults', ['Vault', 'Region', 'Protected items', 'Replicated items'], rows);
}

function jobs(world: World): string {
  const rows = Object.values(world.state.vaults).flatMap((vault) => [
    ...Object.values(vault.backup.jobs).map(
      (job) => [job.timeline.start, vault.name, job.verb, job.entity, jobStatus(job, world)] as const,
    ),
    ...Object.values(vault.recovery.jobs).map(
      (job) => [job.timeline.start, vault.name, job.scenario, job.target.name, jobState(job, world)] as const,
    ),
  ]);
  const newest = rows.sort((a, b) => b[0] - a[0]).slice(0, 30);
  return table(
    'Newest jobs',
    ['Started', 'Vault', 'Job', 'Of', 'Status'],
    newest.map(([at, ...rest]) => [new Date(at).toISOString(), ...rest]),
  );
}

function machines({ state }: World): string {
  const replicated = new Map(
    Object.values(state.vaults).flatMap((vault) =>
      Object.values(vault.recovery.items).map((item) => [item.vm.toLowerCase(), protectionState(item).state] as const),
    ),
  );
  const rows = Object.values(state.vms)
    .slice(0, 200)
    .map((vm) => [vm.name, vm.group, vm.location, vm.osType, vm.power, replicated.get(vm.id.toLowerCase()) ?? '']);
  return table('Virtual machines', ['VM', 'Group', 'Region', 'OS', 'Power', 'Replication'], rows);
}

function size(of: object): number {
  return Object.keys(of).length;
}

function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => `<th>${escaped(text)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((text) => `<td>${escaped(text)}</td>`).join('')}</tr>`).join('');
  return `<h2>${escaped(title)}</h2><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
