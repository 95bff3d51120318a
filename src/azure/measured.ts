import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import { meter, note, traced } from '../telemetry.ts';
import { correlationIdOf } from './correlation.ts';

/** Times every request to Azure and makes it a span; the last of the path's provider and type names it, never an id of a customer's. */
export function measured(): PipelinePolicy {
  const calls = meter().createHistogram('vaultkeeper.azure.calls', {
    description: 'requests to Azure Resource Manager, by what they ask and how Azure answered',
    unit: 's',
  });
  return {
    name: 'measured',
    async sendRequest(request, next) {
      const asked = { method: request.method, type: typeIn(new URL(request.url).pathname) };
      const started = performance.now();
      const done = (outcome: string): void => calls.record((performance.now() - started) / 1000, { ...asked, outcome });
      return await traced(`azure ${asked.method} ${asked.type}`, {}, async () => {
        let outcome = 'none';
        try {
          const answer = await next(request);
          outcome = String(answer.status);
          note({ 'http.response.status_code': answer.status, ...correlationOf(answer) });
          return answer;
        } finally {
          done(outcome);
        }
      });
    },
  };
}

function correlationOf(answer: PipelineResponse) {
  const id = correlationIdOf(answer);
  return id === undefined ? {} : { 'azure.correlation_id': id };
}

/** `/subscriptions/…/providers/Microsoft.Compute/virtualMachines/x` asks for `Microsoft.Compute/virtualMachines`. */
function typeIn(path: string): string {
  const [provider, ...rest] =
    path
      .split(/\/providers\//i)
      .at(-1)
      ?.split('/') ?? [];
  const types = rest.filter((_, at) => at % 2 === 0);
  return [provider === '' ? 'subscriptions' : (provider ?? ''), ...types].join('/').slice(0, 150);
}
