import { z } from 'zod';

const oid = z.guid().toLowerCase().describe('An Entra object id of a person');
const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .describe('HH:MM');
const atLeastOne = <T extends z.ZodType>(one: T) => z.array(one).min(1);

/** `/subscriptions/{guid}`, a resource group or a resource in it; nothing else is ever touched. */
const scopePattern =
  /^\/subscriptions\/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(\/resource[gG]roups\/[^/]+(\/providers\/[^/]+(\/[^/]+\/[^/]+)+)?)?\/?$/;

const hours = z
  .strictObject({
    days: atLeastOne(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])),
    from: clockTime,
    to: clockTime,
    timeZone: z.string().refine(isTimeZone, 'is no IANA time zone').describe('IANA, such as Europe/Rome'),
  })
  .refine(({ from, to }) => from !== to, 'begins when it ends, so it never matches')
  .describe('From before to, or over midnight when from is later than to');

const when = z
  .strictObject({
    risk: atLeastOne(z.enum(['reversible', 'disruptive', 'destructive'])).optional(),
    operations: atLeastOne(z.string().regex(/^[a-z*]+([.-][a-z*]+)*$/))
      .optional()
      .describe('Ids, with * for any part: failover.*'),
    scopes: atLeastOne(z.string().regex(scopePattern, 'is no ARM id of a subscription, a resource group or a resource'))
      .optional()
      .describe('ARM ids; what lies below counts too'),
    tags: z
      .record(z.string(), atLeastOne(z.string()))
      .optional()
      .describe('On a VM that is touched; unknown tags match'),
    within: hours.optional(),
    outside: hours.optional(),
  })
  .describe('All that is given must hold');

const requirement = z.strictObject({
  confirmation: z.enum(['click', 'typed-name']).optional(),
  approvals: z.number().int().min(1).max(10).optional(),
  approvers: z.string().optional().describe('The name of a group of this file'),
  reason: z.boolean().optional(),
  ticket: z.string().refine(isPattern, 'is no regular expression').optional().describe('The reason must match it'),
  ticketExample: z.string().min(1).max(100).optional().describe('Shown to who gave no ticket: CHG0012345'),
  rejectionReason: z.boolean().optional().describe('A rejection always says why; kept for files written before'),
});

const limit = z
  .strictObject({
    runs: z.number().int().min(1).max(1000).describe('The next one is refused'),
    per: z.enum(['hour']),
    by: z.enum(['requester', 'operation', 'scope']).describe('What is counted apart: people, operations, or scopes'),
  })
  .describe('At most so many runs that this rule matches');

const rule = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    when,
    require: requirement.optional(),
    limit: limit.optional(),
    deny: z.string().min(1).optional().describe('Refuses the request, and says this'),
  })
  .refine(
    ({ require: wanted, limit: most, deny }) => [wanted, most, deny].some((one) => one !== undefined),
    'neither requires, limits nor denies anything',
  );

const group = z
  .union(
    [atLeastOne(oid), z.strictObject({ entra: z.guid().toLowerCase().describe('Object id of a group in Entra ID') })],
    {
      error: 'must be a list of object ids of people, or { entra: object id of a group }',
    },
  )
  .describe('Whoever approves by it must hold the rights in Azure as well');

const breakGlass = z
  .strictObject({ group: z.string().describe('The name of a group of this file: who may break the glass') })
  .describe('Lets these people start a run without the approvals that are missing; without it nobody can');

/** The policy file, as it is written. Rules only ever tighten: whatever matches is added up, and the strictest counts. */
export const policySchema = z.strictObject({
  $schema: z.string().optional(),
  groups: z.record(z.string(), group).default({}),
  breakGlass: breakGlass.optional(),
  rules: z.array(rule),
});

/** Entra object ids of people, or the one of a group in Entra. */
export type PolicyGroup = z.infer<typeof group>;
export type PolicyRule = z.infer<typeof rule>;
export type PolicyHours = z.infer<typeof hours>;
export type PolicyText = z.infer<typeof policySchema>;

function isTimeZone(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC';
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
