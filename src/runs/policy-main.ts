import { parseArgs } from 'node:util';
import { z } from 'zod';
import { changingOperations } from '../operations/index.ts';
import { type Log, openStore, StoreFault } from '../store/index.ts';
import { builtInPolicy, evaluate, type Policy } from './policy.ts';
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

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    file: { type: 'string' },
    operation: { type: 'string', default: '' },
    resource: { type: 'string', multiple: true, default: [] },
    tag: { type: 'string', multiple: true, default: [] },
    requester: { type: 'string', default: '' },
    reason: { type: 'string', default: '' },
    at: { type: 'string' },
    days: { type: 'string', default: '30' },
    data: { type: 'string', default: './data/store' },
    'database-url': { type: 'string' },
  },
});

const toStandardError = (details: object, text: string) => console.error(text, details);
const log: Log = { debug: () => undefined, info: () => undefined, warn: toStandardError, error: toStandardError };

const commands: Record<string, () => Promise<number> | number> = {
  check() {
    console.log(`${policy().rules.length} rules`);
    return 0;
  },
  test() {
    const operation = changingOperations.get(values.operation);
    if (operation === undefined) return wrong(`There is no operation "${values.operation}" that becomes a run.`);
    const tags = values.tag.map((tag) => tag.split('=', 2)).map(([name = '', value = '']) => ({ [name]: value }));
    const { requester, reason, resource: resources } = values;
    const at = values.at === undefined ? new Date() : new Date(values.at);
    const request = { operation: operation.id, risk: operation.risk, resources, requester, reason, at };
    const merged = tags.length === 0 ? undefined : [Object.assign({}, ...tags) as Record<string, string>];
    const { breakGlass } = policy();
    console.log(JSON.stringify({ ...evaluate(policy(), { ...request, tags: merged }), breakGlass }, undefined, 2));
    return 0;
  },
  async replay() {
    const url = values['database-url'];
    const store = await openStore({ ...(url === undefined ? { dataFolder: values.data } : { databaseUrl: url }), log });
    const since = new Date(Date.now() - Number(values.days) * 86_400_000);
    for (const difference of await replay(store.audit, policy(), since)) console.log(JSON.stringify(difference));
    await store.close();
    return 0;
  },
  schema() {
    console.log(JSON.stringify(z.toJSONSchema(policySchema, { io: 'input' }), undefined, 2));
    return 0;
  },
};

function policy(): Policy {
  return values.file === undefined ? builtInPolicy : loadPolicy(values.file, changingOperations);
}

function wrong(message: string): number {
  console.error(message);
  return 2;
}

try {
  const command = commands[positionals[0] ?? ''];
  process.exitCode = command === undefined ? wrong(usage) : await command();
} catch (error) {
  if (!(error instanceof StoreFault || error instanceof PolicyFault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
