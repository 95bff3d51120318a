import { z } from 'zod';
import type { World } from '../exchange.ts';
import { noConditions } from './state.ts';

const body = z
  .object({
    locks: z.array(z.object({ scope: z.string(), name: z.string(), level: z.enum(['CanNotDelete', 'ReadOnly']) })),
    policies: z.array(
      z.object({ scope: z.string(), type: z.string(), assignment: z.string(), reason: z.string().default('') }),
    ),
    quotas: z.array(z.object({ location: z.string(), name: z.string(), used: z.number(), limit: z.number() })),
    sizes: z.array(z.object({ location: z.string(), name: z.string(), zones: z.array(z.string()).exactOptional() })),
    fullSubnets: z.array(z.string()),
    encryptionSets: z.array(
      z.object({ id: z.string(), keyVault: z.string().exactOptional(), fault: z.string().exactOptional() }),
    ),
    keyVaults: z.array(z.string()),
    encryptedDisks: z.array(z.object({ disk: z.string(), set: z.string() })),
    vms: z.array(
      z.object({
        id: z.string(),
        agent: z.string().exactOptional(),
        ephemeral: z.boolean().exactOptional(),
        provisioning: z.string().exactOptional(),
      }),
    ),
    points: z.array(
      z.object({
        vm: z.string(),
        attached: z.number().exactOptional(),
        included: z.number().exactOptional(),
        encrypted: z.boolean().exactOptional(),
      }),
    ),
  })
  .partial()
  .strict();

/** Puts these conditions in place of those before: what is not named is not in the way. */
export function setConditions({ state }: World, sent: unknown): unknown {
  const wanted = Object.entries(body.parse(sent)).filter(([, list]) => list !== undefined);
  state.conditions = { ...noConditions(), ...Object.fromEntries(wanted) };
  return state.conditions;
}
