import type { IncomingHttpHeaders } from 'node:http';
import { may } from './authorization/rights.ts';
import { authorizationRoute, splitScope } from './authorization/routes.ts';
import { backupRoutes } from './backup/routes.ts';
import { checkToken } from './caller.ts';
import { readClock } from './clock.ts';
import { computeRoutes } from './compute/routes.ts';
import { enforce } from './conditions/enforce.ts';
import { conditionRoutes } from './conditions/routes.ts';
import type { Answer, ArmRequest, Caller, Handler, World } from './exchange.ts';
import { createCrawler, graphRoutes } from './graph/routes.ts';
import { prune } from './prune.ts';
import { recoveryRoutes } from './recovery/routes.ts';
import { Refusal } from './refusal.ts';
import { checkPlace } from './resources/lookup.ts';
import { resourceRoutes } from './resources/routes.ts';
import { Router, splitPath } from './router.ts';
import { settle } from './settle.ts';
import type { State } from './state.ts';
import { writeState } from './state-file.ts';
import { RowTexts } from './texts.ts';
import { Throttle } from './throttle.ts';
import { unknownRoute } from './unknown.ts';

/** A request as it came in, before routing. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly caller: Caller;
  readonly origin: string;
  /** Told which action of Azure's the request is. */
  readonly onAction?: (action: string) => void;
}

interface Matched {
  readonly action: string;
  readonly handle: Handler;
  readonly params: Readonly<Record<string, string>>;
}

/** All simulated services over one state. Handles one request at a time, wholly, so that each is atomic. */
export class Engine {
  readonly world: World;
  readonly throttle = new Throttle();
  readonly #router: Router;
  readonly #file: string | undefined;
  readonly #texts = new RowTexts();
  #revision = 0;

  constructor(state: State, file?: string) {
    this.world = { state, now: readClock(state.clock, Date.now()), texts: this.#texts };
    this.#file = file;
    const crawler = createCrawler(() => this.#revision);
    this.#router = new Router([
      ...resourceRoutes(),
      ...computeRoutes(),
      ...backupRoutes(),
      ...recoveryRoutes(),
      ...conditionRoutes(),
      ...graphRoutes(crawler),
    ]);
  }

  /** Lets time pass up to now, and keeps what happened. */
  tick(): void {
    if (settle(this.world, readClock(this.world.state.clock, Date.now())) > 0) this.changed();
  }

  /** Notes that the state is another, and keeps it if it is kept. */
  changed(): void {
    this.#revision += 1;
    this.#texts.at(this.#revision);
    if (this.#revision % 500 === 0) prune(this.world.state, this.world.now);
    if (this.#file !== undefined) writeState(this.#file, this.world.state);
  }

  /** The answer to a request; throws a Refusal. */
  answer(incoming: Incoming): Answer {
    const apiVersion = checkVersion(incoming);
    const matched = this.#match(incoming);
    const { method, path, query, body, caller, origin } = incoming;
    const request: ArmRequest = { method, path, query, body, caller, origin, apiVersion, params: matched.params };
    incoming.onAction?.(matched.action);
    this.#authorize(incoming, matched.action);
    if (isChange(method, path)) enforce(this.world, incoming);
    checkPlace(request, this.world.state);
    const limits = { now: this.world.now, strict: this.world.state.settings.throttling };
    const quota = this.throttle.count(request, matched.action, limits);
    const answer = matched.handle(request, this.world);
    if (isChange(method, path)) this.changed();
    return { ...answer, headers: { ...quota, ...answer.headers } };
  }

  #match(incoming: Incoming): Matched {
    const scoped = splitScope(incoming.path);
    const found = scoped === undefined ? undefined : authorizationRoute(scoped);
    if (scoped !== undefined && found !== undefined && incoming.method === 'GET') {
      return { ...found, params: { scope: scoped.scope, ...(scoped.name === undefined ? {} : { name: scoped.name }) } };
    }
    const match = this.#router.find(incoming.method, splitPath(incoming.path));
    if (match.route === undefined) throw unknownRoute(incoming, match.known);
    return { action: match.route.action, handle: match.route.handle, params: match.params };
  }

  #authorize(incoming: Incoming, action: string): void {
    if (!this.world.state.settings.strictAuthorization) return;
    checkToken(incoming.headers, incoming.caller);
    const { objectId = '', name = objectId } = incoming.caller;
    const path = scopeOfAction(incoming, action);
    if (open.has(action) || may(this.world, objectId, { action, path })) return;
    throw forbidden({ name, objectId, action, path });
  }
}

/** Actions that need no role: what they show is cut to what the caller may see. */
const open = new Set(['Microsoft.ResourceGraph/resources/read']);

/** ARM's 403. It comes before any 404, so a caller without rights never learns what exists. */
export function forbidden(of: { name: string; objectId: string; action: string; path: string }): Refusal {
  const { name, objectId, action, path } = of;
  const text = `The client '${name}' with object id '${objectId}' does not have authorization to perform action '${action}' over scope '${path}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  return new Refusal(403, 'AuthorizationFailed', text, { cause: 'gateway' });
}

/** The scope that an action is over: the path without the verb of a POST. */
function scopeOfAction(incoming: Incoming, action: string): string {
  const path = incoming.path.replace(/\/+$/, '');
  return incoming.method === 'POST' && action.endsWith('/action') ? path.slice(0, path.lastIndexOf('/')) : path;
}

function checkVersion(incoming: Incoming): string {
  const name = [...incoming.query.keys()].find((key) => key.toLowerCase() === 'api-version');
  const version = name === undefined ? '' : (incoming.query.get(name) ?? '');
  if (version === '') {
    const text = 'The api-version query parameter (?api-version=) is required for all requests.';
    throw new Refusal(400, 'MissingApiVersionParameter', text, { cause: 'gateway' });
  }
  if (/^\d{4}-\d{2}-\d{2}(-[a-z]+)?$/i.test(version)) return version;
  const text = `The api-version '${version}' is invalid. The supported versions are of the form 'yyyy-MM-dd' or 'yyyy-MM-dd-preview'.`;
  throw new Refusal(400, 'InvalidApiVersionParameter', text, { cause: 'gateway' });
}

/** POSTs that only ask, besides GETs; everything else may have changed the state. */
function isChange(method: string, path: string): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return !/\/(resources|backupStatus|backupCrrJobs?|checkPolicyRestrictions|accessToken|backupPreValidateProtection|backupValidateFeatures)$/i.test(
    path,
  );
}
