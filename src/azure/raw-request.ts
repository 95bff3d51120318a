import {
  createHttpHeaders,
  createPipelineRequest,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
} from '@azure/core-rest-pipeline';
import type { z } from 'zod';
import { understood } from './exchange.ts';
import { answered } from './faults.ts';

/** What of an SDK's client is needed to send a request that no package has. */
export interface Sender {
  sendRequest(request: PipelineRequest): Promise<PipelineResponse>;
}

/** A request that no package of Azure's has a method for; it goes through the pipeline of one that we use. */
export interface RawRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** From `/subscriptions` on, encoded where it must be. */
  readonly path: string;
  readonly apiVersion: string;
  readonly body?: unknown;
  readonly clientRequestId?: string;
}

/** Sends it. @throws CatalogueError `azure-*` for every status from 300 on. */
export async function sentRaw(client: Sender, now: () => Date, wanted: RawRequest): Promise<PipelineResponse> {
  const request = createPipelineRequest({
    url: `https://management.azure.com${wanted.path}${wanted.path.includes('?') ? '&' : '?'}api-version=${wanted.apiVersion}`,
    method: wanted.method,
    headers: createHttpHeaders({
      accept: 'application/json',
      ...(wanted.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(wanted.clientRequestId === undefined ? {} : { 'x-ms-client-request-id': wanted.clientRequestId }),
    }),
    ...(wanted.body === undefined ? {} : { body: JSON.stringify(wanted.body) }),
  });
  return await answered(async () => {
    const response = await client.sendRequest(request);
    if (response.status < 300) return response;
    throw new RestError('Azure refused it', { statusCode: response.status, request, response });
  }, now);
}

/** Sends it and reads the answer. @throws CatalogueError as `sentRaw`, and for an answer that does not fit. */
export async function readRaw<T>(
  { client, now, schema }: { readonly client: Sender; readonly now: () => Date; readonly schema: z.ZodType<T> },
  wanted: RawRequest,
): Promise<T> {
  const answer = await sentRaw(client, now, wanted);
  return understood(schema, JSON.parse(answer.bodyAsText ?? 'null'), answer);
}
