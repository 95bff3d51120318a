import type { HeadersLike } from './retry-after.ts';

interface RawRequest {
  readonly requestId: string;
  readonly headers: HeadersLike;
}

/** An answer as far as we look at it; both SDK generations fit. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: HeadersLike;
  readonly bodyAsText?: string | null;
  readonly request?: RawRequest;
}

/**
 * The id under which Azure's support finds the request: ARM's correlation id, else the provider's request id, else the id that we sent, which exists
 * even when no answer came.
 */
export function correlationIdOf(answer: RawAnswer): string | undefined {
  return (
    answer.headers.get('x-ms-correlation-request-id') ??
    answer.headers.get('x-ms-request-id') ??
    (answer.request === undefined ? undefined : sentIdOf(answer.request))
  );
}

/** The `x-ms-client-request-id` of a request: the run's own, or the one that the SDK made up. */
export function sentIdOf(request: RawRequest): string {
  return request.headers.get('x-ms-client-request-id') ?? request.requestId;
}
