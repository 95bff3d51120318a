import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type SimulatorOptions, startSimulator } from './index.ts';

const usage = `Usage: npm run simulator -- [--port 4010] [--host 127.0.0.1] [--estate NAME] [--vaults N --vms N --jobs N]
  --estate NAME         a named estate; practice unless given, generated where numbers are
  --state-file FILE     keeps what has changed over a restart
  --clock real|manual   manual: time moves only when it is told to, under /_simulator/
  --pace N              how fast jobs go; 1 is as in Azure
  --strict              asks for rights as Azure does
  --throttling          counts requests as Azure does`;

/** @throws TypeError, of Node, for what is no option */
function typed() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4010' },
      host: { type: 'string', default: '127.0.0.1' },
      estate: { type: 'string' },
      vaults: { type: 'string' },
      vms: { type: 'string' },
      jobs: { type: 'string' },
      'state-file': { type: 'string' },
      clock: { type: 'string', default: 'real' },
      pace: { type: 'string', default: '1' },
      strict: { type: 'boolean', default: false },
      throttling: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false, short: 'h' },
    },
  });
  return values;
}

const count = z.coerce.number().int().min(0).optional();
const numbers = z.object({
  port: z.coerce.number().int().min(0).max(65_535),
  vaults: count,
  vms: count,
  jobs: count,
  pace: z.coerce.number().min(0),
  clock: z.enum(['real', 'manual']),
});

/** What was mistyped is told in one line. */
function optionsOf(): SimulatorOptions | 'help' {
  const values = typed();
  if (values.help) return 'help';
  const { vaults, vms, jobs, ...rest } = numbers.parse(values);
  const generated = vaults !== undefined || vms !== undefined;
  return {
    ...rest,
    host: values.host,
    estate: values.estate ?? (generated ? 'generated' : 'practice'),
    strictAuthorization: values.strict,
    throttling: values.throttling,
    ...(vaults === undefined ? {} : { vaults }),
    ...(vms === undefined ? {} : { vms }),
    ...(jobs === undefined ? {} : { jobs }),
    ...(values['state-file'] === undefined ? {} : { stateFile: values['state-file'] }),
  };
}

function wrong(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; ');
  const [said = ''] = (error instanceof Error ? error.message : String(error)).split(/(?<=')\. /);
  return said;
}

async function main(): Promise<void> {
  const options = optionsOf();
  if (options === 'help') return void process.stdout.write(`${usage}\n`);
  const simulator = await startSimulator(options);
  process.stdout.write(`Azure simulator on ${simulator.url} (control under ${simulator.url}/_simulator/)\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void simulator.close();
    });
  }
}

await main().catch((error: unknown) => {
  const isTyped = error instanceof z.ZodError || (error instanceof TypeError && 'code' in error);
  if (!isTyped) throw error;
  process.stderr.write(`${wrong(error)}. “--help” tells what can be typed.\n`);
  process.exitCode = 2;
});
