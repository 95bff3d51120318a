import {
  createDefaultHttpClient,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { type LogEntry, type SimulatorOptions, type State, startSimulator } from '../../src/simulator/index.ts';

/** The subscription of the practice estate. */
export const practiceSubscription = '0a1b2c3d-1111-4111-8111-000000000001';

/** The bot's own identity in the practice estate. */
export const botObjectId = 'b0000000-0000-4000-8000-000000000001';

/** A disturbance of matching requests; `path` is a regular expression. The simulator's README has all fields. */
export interface FaultOrder {
  method?: string;
  path?: string;
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  delayMs?: number;
  hang?: boolean;
  cut?: boolean;
  after?: boolean;
  malformed?: boolean;
  count?: number;
  probability?: number;
  seed?: number;
}

/** What tests do to a simulator besides calling it. */
export interface SimulatorControl {
  /** Moves the clock by `ms`; everything that is due by then has happened when it resolves. */
  advance(ms: number): Promise<void>;
  /** Sets a fault and gives its number. */
  fault(order: FaultOrder): Promise<number>;
  clearFaults(): Promise<void>;
  /** Lets a coming job fail, for instance `{verb: 'Backup', code: 'UserErrorFsFreezeFailed'}`. */
  failJob(order: { verb?: string; entity?: string; code: string; count?: number }): Promise<void>;
  /** All requests so far, oldest first. */
  log(): Promise<LogEntry[]>;
  clearLog(): Promise<void>;
  state(): Promise<State>;
  seed(order: { estate?: string; vaults?: number; vms?: number; jobs?: number }): Promise<void>;
  /** Back to the estate of the start, without faults and with an empty log. */
  reset(): Promise<void>;
  /** Gives a principal, new or known, a role (by GUID) at a scope; strict authorization decides by these. */
  grant(order: { objectId: string; role: string; scope: string; name?: string }): Promise<void>;
  /** A deny assignment at a scope. */
  deny(order: { scope: string; principals: readonly string[]; actions: readonly string[] }): Promise<void>;
  /** Makes a management group, with the subscriptions (GUIDs) that are in it. */
  manage(order: { name: string; parent?: string; subscriptions?: readonly string[] }): Promise<void>;
  /** What stands in the way from now on: locks, policies, quotas…; what is not named does not. */
  conditions(order: Partial<NonNullable<State['conditions']>>): Promise<void>;
  /** Makes a custom role; its GUID is its name. */
  defineRole(order: {
    name: string;
    roleName: string;
    actions: readonly string[];
    notActions?: readonly string[];
  }): Promise<void>;
  /** Takes all roles from a principal. */
  revoke(objectId: string): Promise<void>;
  settings(order: Partial<State['settings']>): Promise<State['settings']>;
  /** The simulator's time. */
  now(): Promise<Date>;
}

/** A token credential that names a principal by object id, as the simulator wants it. */
export interface TestCredential {
  getToken(): Promise<{ token: string; expiresOnTimestamp: number }>;
}

/** A simulator for one test, with what the vendor's clients need to reach it. */
export interface TestSimulator {
  readonly url: string;
  /** Sends what is meant for Azure to the simulator; nextLink and operation addresses keep Azure's host. */
  readonly httpClient: HttpClient;
  credential(objectId?: string): TestCredential;
  readonly control: SimulatorControl;
  close(): Promise<void>;
}

/** A simulator with the practice estate and a clock that only `advance` moves, unless `options` say otherwise. */
export async function startTestSimulator(options: SimulatorOptions = {}): Promise<TestSimulator> {
  const simulator = await startSimulator({ clock: 'manual', ...options });
  return {
    url: simulator.url,
    httpClient: redirectTo(simulator.url),
    credential: credentialOf,
    control: simulatorControl(simulator.url),
    close: () => simulator.close(),
  };
}

/** A client that rewrites protocol and host just before sending, and tells the simulator which host was meant. */
export function redirectTo(url: string): HttpClient {
  const inner = createDefaultHttpClient();
  const target = new URL(url);
  return {
    async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
      const original = request.url;
      const redirected = new URL(original);
      request.headers.set('x-sim-original-host', redirected.host);
      redirected.protocol = target.protocol;
      redirected.host = target.host;
      request.url = redirected.toString();
      request.allowInsecureConnection = true;
      try {
        return await inner.sendRequest(request);
      } finally {
        request.url = original;
      }
    },
  };
}

/** A credential whose unsigned token carries the object id; the bot's own by default. */
export function credentialOf(objectId = botObjectId): TestCredential {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const payload = { oid: objectId, tid: '7e4a4700-0000-4000-8000-000000000001' };
  const token = `${encode({ alg: 'none', typ: 'JWT' })}.${encode(payload)}.c2ltdWxhdGVk`;
  return { getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
}

/** What tests do to a simulator that runs elsewhere, for instance inside the whole product. */
export function simulatorControl(url: string): SimulatorControl {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${url}/_simulator/${path}`, init);
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    advance: async (ms) => void (await call('POST', 'clock/advance', { ms })),
    fault: async (order) => (await call<{ id: number }>('POST', 'faults', order)).id,
    clearFaults: async () => void (await call('DELETE', 'faults')),
    failJob: async (order) => void (await call('POST', 'job-failures', order)),
    log: () => call('GET', 'log'),
    clearLog: async () => void (await call('DELETE', 'log')),
    state: () => call('GET', 'state'),
    seed: async (order) => void (await call('POST', 'seed', order)),
    reset: async () => void (await call('POST', 'reset', {})),
    grant: async ({ objectId, role, scope, name = objectId }) =>
      void (await call('POST', 'roles', { principal: { id: objectId, name }, assignment: { scope, role } })),
    deny: async (order) => void (await call('POST', 'denials', order)),
    manage: async (order) => void (await call('POST', 'management-groups', order)),
    conditions: async (order) => void (await call('POST', 'conditions', order)),
    defineRole: async (order) => void (await call('POST', 'role-definitions', order)),
    revoke: async (objectId) => void (await call('DELETE', 'roles', { principal: objectId })),
    settings: (order) => call('PUT', 'settings', order),
    now: async () => new Date((await call<{ now: string }>('GET', 'clock')).now),
  };
}
