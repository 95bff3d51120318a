import { z } from 'zod';
import { subscriptionOf } from './arm-id.ts';
import type { ComputeOptions } from './compute.ts';
import { read } from './exchange.ts';
import { maybe } from './fields.ts';
import { resourcePath } from './paths.ts';
import type { ComputeGateway } from './ports.ts';
import { readRaw } from './raw-request.ts';

/** As Azure's REST reference names it on 2026-11. */
const apiVersion = '2023-11-01';

const named = z.object({ id: z.string() });
const vm = z.object({
  networkProfile: maybe(
    z.object({
      networkInterfaces: maybe(z.array(z.object({ id: z.string(), primary: maybe(z.boolean()) }))),
    }),
  ),
});
const card = z.object({
  properties: z.object({
    ipConfigurations: maybe(z.array(z.object({ properties: maybe(z.object({ subnet: maybe(named) })) }))),
  }),
});

/** Where a VM is plugged in; read through its network card, which no package of ours knows. */
export function machineNetwork({ clients, now }: ComputeOptions): Pick<ComputeGateway, 'networkOf'> {
  return {
    async networkOf(vmId) {
      const { subscriptionId, resourceGroup, name } = resourcePath(vmId);
      const compute = await clients.compute(subscriptionId, 'patient');
      const { networkProfile } = await read(vm, now, (options) =>
        compute.virtualMachines.get(resourceGroup, name, options),
      );
      const cards = networkProfile?.networkInterfaces ?? [];
      const first = cards.find(({ primary }) => primary === true) ?? cards[0];
      if (first === undefined) return undefined;
      const client = await clients.backup(subscriptionOf(first.id), 'patient');
      const found = await readRaw({ client, now, schema: card }, { method: 'GET', path: first.id, apiVersion });
      const [subnet] = (found.properties.ipConfigurations ?? []).flatMap(({ properties }) => properties?.subnet ?? []);
      return subnet?.id.replace(/\/subnets\/[^/]+$/i, '');
    },
  };
}
