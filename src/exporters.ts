import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';

/** What sends telemetry away. */
export interface Exporters {
  /** Sends what is left. */
  close(): Promise<void>;
}

/** Any of these asks for telemetry; the rest of OpenTelemetry's own variables say where and how. */
const asks = /^OTEL_(?:EXPORTER_OTLP_(?:TRACES_|METRICS_)?ENDPOINT|TRACES_EXPORTER|METRICS_EXPORTER)$/;

/**
 * Starts OpenTelemetry's own exporters as its environment variables say; without any of them nothing is loaded and nothing is sent. Whichever it is, from
 * here on log lines know what the work under way is about.
 * @throws TypeError for a variable that OpenTelemetry refuses.
 */
export async function startExporters(env: Readonly<Record<string, string | undefined>>): Promise<Exporters> {
  const wanted = Object.keys(env).some((name) => asks.test(name) && env[name] !== '');
  if (!wanted || env.OTEL_SDK_DISABLED === 'true') {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    return { close: async () => undefined };
  }
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  // Logs go to standard error as JSON lines: whoever collects them has them there.
  const sdk = new NodeSDK({
    serviceName: env.OTEL_SERVICE_NAME ?? 'vaultkeeper',
    logRecordProcessors: [],
    instrumentations: [],
  });
  sdk.start();
  return { close: async () => await sdk.shutdown() };
}
