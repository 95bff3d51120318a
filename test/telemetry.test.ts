import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cardText, connectTestChat } from './support/chat.ts';
import { startProductProcess } from './support/product-process.ts';

/** A collector of OpenTelemetry over HTTP that keeps what it is sent. */
async function startCollector() {
  const received: { readonly path: string; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ path: request.url ?? '', body: Buffer.concat(parts).toString() });
      response.setHeader('content-type', 'application/json');
      response.end('{}');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, received, close };
}

describe('telemetry', function () {
  this.timeout(120_000);

  it('of a stopped process has its turns, its calls to Azure, its runs and its budget, and no text of a person', async () => {
    const collector = await startCollector();
    try {
      const env = {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_METRIC_EXPORT_INTERVAL: '500',
        OTEL_METRIC_EXPORT_TIMEOUT: '400',
      };
      await using product = await startProductProcess({ env });
      await using chat = await connectTestChat({ url: product.url });
      const card = await chat.ask('ana-souza', 'personal', 'back up sql-prod-01');
      await chat.click('ana-souza', card, 'Start');
      await chat.waitFor(() => /Take Snapshot/.test(cardText(chat.card('ana-souza', chat.now(card)))) || undefined, {
        what: 'the job',
        within: 60_000,
      });
      await chat.waitFor(() => collector.received.some(({ body }) => body.includes('vaultkeeper.runs"')) || undefined, {
        what: 'the gauges',
        within: 60_000,
      });
      assert.equal(await product.stop(), 0);
      const sent = (path: string) =>
        collector.received
          .filter((one) => one.path === path)
          .map(({ body }) => body)
          .join('\n');
      const [spans, metrics] = [sent('/v1/traces'), sent('/v1/metrics')];
      for (const name of [
        'turn message',
        'turn invoke',
        'step running',
        'azure POST',
        'vaultkeeper.operation',
        'backup.start',
      ])
        assert.ok(spans.includes(name), `no span says ${name}`);
      for (const name of ['turns', 'decisions', 'runs', 'outbox.age', 'azure.calls', 'azure.job_reads_left'])
        assert.ok(metrics.includes(`vaultkeeper.${name}"`), `no metric vaultkeeper.${name}`);
      assert.equal(/back up sql-prod-01|Bearer|Ana Souza/.test(spans + metrics), false);
    } finally {
      await collector.close();
    }
  });
});
