import { type HttpClient, type PipelineResponse, RestError } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import type { Clients } from './clients.ts';
import { correlationIdOf } from './correlation.ts';
import { understood } from './exchange.ts';
import { unreadable } from './faults.ts';
import { words } from './fields.ts';
import { sentRaw } from './raw-request.ts';
import { pauseSeconds } from './retry-after.ts';
import { RowsOnTheWay } from './rows-on-the-way.ts';

/** A page of a query's answer, and the way to the next one. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly skipToken: string | undefined;
  /** How long to wait before the next one is asked for. */
  readonly pauseSeconds: number;
}

/** What reads a page: `row` is what each of its rows must be, and `keep` makes of it what is kept. */
export interface PageReader<T> {
  readonly clients: Pick<Clients, 'graph' | 'http'>;
  readonly now: () => Date;
  readonly row: z.ZodType<T>;
  readonly keep: (row: T) => T;
}

/** Resource Graph's `QueryRequest` (azure-docs: Resources - Resources, 2024-04-01). */
export interface PageQuery {
  readonly subscriptions: readonly string[];
  readonly query: string;
  readonly options: { readonly resultFormat: 'objectArray'; readonly $top: number; readonly $skipToken?: string };
}

const path = '/providers/Microsoft.ResourceGraph/resources';
const apiVersion = '2024-04-01';

/** What stands around the rows. A page that was cut off without a way to its rest would make protected VMs look unprotected. */
const around = z
  .object({ data: z.tuple([]), $skipToken: words, resultTruncated: words })
  .refine(({ $skipToken, resultTruncated }) => $skipToken !== undefined || resultTruncated !== 'true', {
    path: ['resultTruncated'],
  });

/**
 * Asks for a page and checks its rows while they come: the SDK's own method would hold the page as bytes, as text and as unchecked rows at once.
 * @throws CatalogueError `azure-*`.
 */
export async function readPage<T>(reader: PageReader<T>, body: PageQuery): Promise<Page<T>> {
  const { clients, now } = reader;
  const { pipeline } = await clients.graph();
  let page: (() => Page<T>) | undefined;
  const http: HttpClient = {
    async sendRequest(request) {
      request.streamResponseStatusCodes = new Set([200]);
      const answer = await clients.http.sendRequest(request);
      if (answer.status === 200) page = await pageIn(answer, reader);
      return answer;
    },
  };
  const sender = { sendRequest: pipeline.sendRequest.bind(pipeline, http) };
  const answer = await sentRaw(sender, now, { method: 'POST', path, apiVersion, body });
  if (page === undefined) throw unreadable(answer.status, correlationIdOf(answer), 'it is no page');
  return page();
}

/**
 * Gives the page, or throws what is wrong with it: an answer that is not understood came nevertheless, and is not asked for again.
 * @throws RestError when the connection breaks.
 */
async function pageIn<T>(answer: PipelineResponse, { row, keep }: PageReader<T>): Promise<() => Page<T>> {
  const rows: T[] = [];
  const parts = new RowsOnTheWay();
  try {
    for await (const piece of piecesOf(answer))
      for (const text of parts.take(piece)) {
        rows.push(keep(understood(row, JSON.parse(text), answer)));
      }
    const { $skipToken } = understood(around, JSON.parse(parts.rest()), answer);
    return () => ({ rows, skipToken: $skipToken, pauseSeconds: pauseSeconds(answer.headers) });
  } catch (error) {
    if (error instanceof RestError) throw error;
    return () => {
      throw error instanceof SyntaxError ? unreadable(answer.status, correlationIdOf(answer), 'it is no JSON') : error;
    };
  }
}

async function* piecesOf({ readableStreamBody: stream, request }: PipelineResponse): AsyncIterable<Buffer> {
  try {
    for await (const piece of stream ?? []) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
  } catch (error) {
    throw new RestError(String(error), { code: RestError.REQUEST_SEND_ERROR, request });
  }
}
