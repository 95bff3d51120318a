import {
  type Attributes,
  type Context,
  context,
  createContextKey,
  type Meter,
  metrics,
  type Span,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const scope = 'vaultkeeper';
const fieldsKey = createContextKey('what the work under way is about');

/** Ids that name what work is about: they go into every log line and span of it. Never a text of a person's, never a secret. */
export type Fields = Readonly<
  Partial<Record<'actor' | 'tenant' | 'conversation' | 'run' | 'code' | 'operation' | 'activity', string>>
>;

/**
 * Does a piece of work as a span of its own, with these ids on it and on every log line inside. Without telemetry configured it costs a function call.
 * @throws whatever the work throws; the span keeps its name only, because a message may quote what Azure or a person said.
 */
export async function traced<T>(name: string, fields: Fields, work: () => Promise<T>): Promise<T> {
  const attributes = Object.fromEntries(Object.entries(fields).map(([key, value]) => [`${scope}.${key}`, value]));
  const inner = aboutIn(context.active(), fields);
  return await trace.getTracer(scope).startActiveSpan(name, { attributes }, inner, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: nameOf(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The ids of the work under way, and the trace that it belongs to: for the log. */
export function fieldsUnderWay(): Readonly<Record<string, string>> {
  const span = trace.getSpanContext(context.active());
  const traceId = span === undefined || /^0+$/.test(span.traceId) ? {} : { trace: span.traceId };
  return { ...fieldsOf(context.active()), ...traceId };
}

/** Where counters and gauges are made. Only after the exporters have been started: what is made before counts for nobody. */
export function meter(): Meter {
  return metrics.getMeter(scope);
}

/** Adds what became known in the course of the work to its span. */
export function note(attributes: Attributes): void {
  const span: Span | undefined = trace.getActiveSpan();
  span?.setAttributes(attributes);
}

function aboutIn(outer: Context, fields: Fields): Context {
  return outer.setValue(fieldsKey, { ...fieldsOf(outer), ...fields });
}

function fieldsOf(active: Context): Fields {
  return (active.getValue(fieldsKey) as Fields | undefined) ?? {};
}

function nameOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
