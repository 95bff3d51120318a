import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startSimulator } from './index.ts';

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
  },
});

const count = z.coerce.number().int().min(0).optional();
const generated = values.vaults !== undefined || values.vms !== undefined;
const vaults = count.parse(values.vaults);
const vms = count.parse(values.vms);
const jobs = count.parse(values.jobs);
const simulator = await startSimulator({
  host: values.host,
  port: z.coerce.number().int().min(0).max(65_535).parse(values.port),
  estate: values.estate ?? (generated ? 'generated' : 'practice'),
  clock: z.enum(['real', 'manual']).parse(values.clock),
  pace: z.coerce.number().min(0).parse(values.pace),
  strictAuthorization: values.strict,
  throttling: values.throttling,
  ...(vaults === undefined ? {} : { vaults }),
  ...(vms === undefined ? {} : { vms }),
  ...(jobs === undefined ? {} : { jobs }),
  ...(values['state-file'] === undefined ? {} : { stateFile: values['state-file'] }),
});
process.stdout.write(`Azure simulator on ${simulator.url} (control under ${simulator.url}/_simulator/)\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void simulator.close();
  });
}
