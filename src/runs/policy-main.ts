import { z } from 'zod';
import { changingOperations } from '../operations/index.ts';
import { carryOut, openTyped, typedCommand, UsageFault } from '../store/index.ts';
import { builtInPolicy, evaluate, type Policy, policyVersion } from './policy.ts';
import { loadPolicy, PolicyFault } from './policy-file.ts';
import { replay } from './policy-replay.ts';
import { policySchema } from './policy-schema.ts';

const usage = `Usage: npm run policy -- COMMAND [--file POLICY]
  check                   reads the file, and says what is wrong in which line
  test --operation ID     what a request would need, without acting, as JSON
       [--resource ARM-ID]... [--tag NAME=VALUE]... [--requester OID] [--reason TEXT] [--at ISO-TIME]
  replay [--days 30]      the runs on record that the file would have treated otherwise, as JSON lines
       [--data FOLDER | --database-url URL]
  schema                  the JSON Schema of the file`;

const options = {
  file: { type: 'string' },
  operation: { type: 'string', default: '' },
  resource: { type: 'string', multiple: true, default: [] as string[] },
  tag: { type: 'string', multiple: true, default: [] as string[] },
  requester: { type: 'string', default: '' },
  reason: { type: 'string', default: '' },
  at: { type: 'string' },
  days: { type: 'string', default: '30' },
  data: { type: 'string', default: './data/store' },
  'database-url': { type: 'string' },
} as const;

type Typed = ReturnType<typeof typedCommand<typeof options>>['values'];

const commands: Record<string, (typed: Typed) => Promise<number> | number> = {
  check(typed) {
    const policy = policyOf(typed);
    console.log(`${policy.rules.length} rules, version ${policyVersion(policy)}`);
    return 0;
  },
  test(typed) {
    const operation = changingOperations.get(typed.operation);
    if (operation === undefined) throw new UsageFault(`There is no operation "${typed.operation}" that becomes a run.`);
    const { requester, reason, resource: resources } = typed;
    const request = {
      operation: operation.id,
      risk: operation.risk,
      resources,
      requester,
      reason,
      at: momentOf(typed),
    };
    const policy = policyOf(typed);
    const verdict = evaluate(policy, { ...request, tags: tagsOf(typed) });
    console.log(JSON.stringify({ ...verdict, breakGlass: policy.breakGlass }, undefined, 2));
    return 0;
  },
  async replay(typed) {
    const policy = policyOf(typed);
    const since = new Date(Date.now() - daysOf(typed) * 86_400_000);
    const store = await openTyped(typed);
    try {
      for (const difference of await replay(store.audit, policy, since)) console.log(JSON.stringify(difference));
    } finally {
      await store.close();
    }
    return 0;
  },
  schema() {
    console.log(JSON.stringify(z.toJSONSchema(policySchema, { io: 'input' }), undefined, 2));
    return 0;
  },
};

function policyOf({ file }: Typed): Policy {
  return file === undefined ? builtInPolicy : loadPolicy(file, { operations: changingOperations });
}

/** @throws UsageFault */
function momentOf({ at }: Typed): Date {
  const moment = at === undefined ? new Date() : new Date(at);
  if (Number.isNaN(moment.getTime())) throw new UsageFault(`Not a time, such as 2026-12-24T22:00:00Z: ${at}`);
  return moment;
}

/** @throws UsageFault */
function daysOf({ days }: Typed): number {
  if (!/^[1-9]\d{0,4}$/.test(days)) throw new UsageFault(`Not a number of days: ${days}`);
  return Number(days);
}

/** All on one resource; undefined when none was given, which a rule about tags takes for a match. @throws UsageFault */
function tagsOf({ tag: typed }: Typed): readonly Readonly<Record<string, string>>[] | undefined {
  const tags = typed.map((one) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(one) ?? [];
    if (name === undefined || value === undefined) throw new UsageFault(`Not a tag, which is NAME=VALUE: ${one}`);
    return [name, value] as const;
  });
  return tags.length === 0 ? undefined : [Object.fromEntries(tags)];
}

await carryOut(() => {
  const { command: name, values } = typedCommand(usage, options);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command(values);
  console.error(usage);
  return 2;
}, [PolicyFault]);
