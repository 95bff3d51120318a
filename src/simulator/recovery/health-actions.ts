import { z } from 'zod';
import { span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, type World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { lasting } from '../schedule.ts';
import { itemJob } from './failover.ts';
import { itemInPath } from './find.ts';
import { acceptedJob, startRecoveryJob } from './jobs.ts';
import { siteInvalid, siteNotAllowed } from './refusals.ts';

const body = z.object({
  properties: z.object({ healthErrors: z.array(z.object({ healthErrorId: z.string().optional() })).min(1) }),
});

/** POST resolveHealthErrors: replication that had stopped goes on, and its errors are gone. */
export function resolveHealth(request: ArmRequest, world: World): Answer {
  const { vault, one: item } = itemInPath(request, world);
  bodyOf(request, body, siteInvalid);
  if (item.job !== undefined) throw siteNotAllowed('ResolveHealthErrors', []);
  const key = keyOf(item.name);
  const job = startRecoveryJob(world, vault, {
    ...itemJob(vault, item),
    scenario: 'ResolveHealthErrors',
    friendlyName: 'Resolve health errors',
    steps: [
      {
        name: 'ResolveHealthErrorsTask',
        friendlyName: 'Resolve health errors',
        lasts: lasting(world, 60 * span.second, 2 * span.second),
        effects: [
          { kind: 'healed', item: key },
          { kind: 'free', item: key },
        ],
      },
    ],
    begin: [{ kind: 'hold', item: key }],
  });
  return acceptedJob(request, world, { vault, job });
}
