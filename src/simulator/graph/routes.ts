import { z } from 'zod';
import { may } from '../authorization/rights.ts';
import { azureTime } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, type World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import type { Route } from '../router.ts';
import { RowTexts } from '../texts.ts';
import { queries, type Row } from './rows.ts';
import { rowsWhere, wheresOf } from './where.ts';

/** Resource Graph's one route. */
export function graphRoutes(crawler: Crawler): Route[] {
  const path = '/providers/Microsoft.ResourceGraph/resources';
  const action = 'Microsoft.ResourceGraph/resources/read';
  return [{ method: 'POST', path, action, handle: (request, world) => answer(request, world, crawler) }];
}

/** Keeps rows as they were at the last crawl, so that answers may lag behind the state. */
export interface Crawler {
  /** A row's JSON, made once. */
  textOf(row: Row): string;
  rows(name: string, world: World): readonly Row[] | undefined;
}

const queryBody = z.object({
  query: z.string(),
  subscriptions: z.array(z.string()).optional(),
  managementGroups: z.array(z.string()).optional(),
  options: z
    .object({
      $top: z.number().int().min(1).max(1000).optional(),
      $skip: z.number().int().min(0).optional(),
      $skipToken: z.string().optional(),
      resultFormat: z.string().optional(),
    })
    .optional(),
});

function answer(request: ArmRequest, world: World, crawler: Crawler): Answer {
  const body = bodyOf(request, queryBody, (fault) => badRequest(world, [{ code: 'InvalidRequest', message: fault }]));
  const name = /^\s*\/\/\s*q:([\w-]+)/.exec(body.query)?.[1];
  const rows = name === undefined ? undefined : crawler.rows(name, world);
  if (rows === undefined) throw parserFailure(world, body.query);
  const wanted = rowsWhere(rows, wheresOf(body.query));
  const visible = visibleRows(request, world, { rows: wanted, subscriptions: body.subscriptions });
  return page(visible, body.options ?? {}, (row) => crawler.textOf(row));
}

/** Rows of the subscriptions asked for that the caller may read; under strict rules others are left out, not refused. */
function visibleRows(
  request: ArmRequest,
  world: World,
  of: { rows: readonly Row[]; subscriptions: string[] | undefined },
): readonly Row[] {
  const ids = of.subscriptions?.map(keyOf) ?? Object.keys(world.state.subscriptions);
  const wanted = new Set(ids);
  const all = Object.keys(world.state.subscriptions).every((id) => wanted.has(id));
  const rows = all ? of.rows : of.rows.filter((row) => wanted.has(keyOf(row.subscriptionId)));
  if (!world.state.settings.strictAuthorization) return rows;
  const objectId = request.caller.objectId ?? '';
  return rows.filter((row) => may(world, objectId, { action: `${typeOf(row.id)}/read`, path: row.id }));
}

/** The resource type in an id: the provider and every other segment after it. */
function typeOf(id: string): string {
  if (/^\/subscriptions\/[^/]+$/i.test(id)) return 'Microsoft.Resources/subscriptions';
  if (!id.includes('/providers/')) return 'Microsoft.Resources/subscriptions';
  const [provider = '', ...rest] = (id.split('/providers/').at(-1) ?? '').split('/');
  return [provider, ...rest.filter((_, index) => index % 2 === 0)].join('/');
}

interface PageOrder {
  readonly $top?: number | undefined;
  readonly $skip?: number | undefined;
  readonly $skipToken?: string | undefined;
}

/** One page as text: rows are many, and each row's JSON is made once. */
function page(rows: readonly Row[], order: PageOrder, textOf: (row: Row) => string): Answer {
  const from = order.$skipToken === undefined ? (order.$skip ?? 0) : positionIn(order.$skipToken);
  const to = Math.min(rows.length, from + (order.$top ?? 1000));
  const data = rows.slice(from, to).map(textOf).join(',');
  const token = to < rows.length ? `,"$skipToken":"${Buffer.from(String(to)).toString('base64')}"` : '';
  const counts = `"totalRecords":${rows.length},"count":${Math.max(0, to - from)}`;
  return { status: 200, text: `{${counts},"data":[${data}],"facets":[],"resultTruncated":"false"${token}}` };
}

function positionIn(token: string): number {
  const position = Number(Buffer.from(token, 'base64').toString());
  if (Number.isSafeInteger(position) && position >= 0) return position;
  throw new Refusal(400, 'BadRequest', 'The skip token is not valid.');
}

/** What Resource Graph says to a query that it cannot parse (recorded in query_error_400). */
function parserFailure(world: World, query: string): Refusal {
  const lines = query.split('\n');
  const place = {
    line: lines.length,
    characterPositionInLine: lines.at(-1)?.length ?? 0,
    token: '<EOF>',
    expectedToken: 'Ǐ',
  };
  return badRequest(world, [
    {
      code: 'InvalidQuery',
      message:
        'Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.',
    },
    { code: 'ParserFailure', message: 'ParserFailure', ...place },
  ]);
}

function badRequest(world: World, details: Record<string, unknown>[]): Refusal {
  const text = `Please provide below info when asking for support: timestamp = ${azureTime(world.now)}, correlationId = ${crypto.randomUUID()}.`;
  return new Refusal(400, 'BadRequest', text, { fields: { details }, cause: 'service' });
}

/** A crawler over `revision`: rows are computed once a revision of the state, or once in the lag when there is one. */
export function createCrawler(revision: () => number): Crawler {
  const texts = new RowTexts();
  const seen = new Map<string, { revision: number; at: number; rows: readonly Row[] }>();
  return {
    textOf: (row) => texts.of(row, (one) => one),
    rows(name, world) {
      const evaluate = queries[name];
      if (evaluate === undefined) return undefined;
      const known = seen.get(name);
      const lag = world.state.settings.graphLag;
      const fresh = known?.revision === revision() && world.now - known.at < freshFor;
      if (known !== undefined && known.at <= world.now && (fresh || world.now - known.at < lag)) return known.rows;
      const rows = evaluate(world).sort((a, b) => (a.id < b.id ? -1 : 1));
      seen.set(name, { revision: revision(), at: world.now, rows });
      return rows;
    },
  };
}

/** Rows hold values that grow with the clock (RPO, durations), so they are computed anew after this many ms. */
const freshFor = 10_000;
