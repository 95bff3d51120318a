import type { Handler } from './exchange.ts';

/** The verbs that Azure uses. */
export type Method = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD';

/** One route: `path` has `{name}` for parameters; `action` is what RBAC calls it. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly action: string;
  readonly handle: Handler;
}

/** A route found, with its decoded parameters; `known` says that the path exists under another verb. */
export type Found =
  | { readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly route?: undefined; readonly known: boolean };

interface Compiled {
  readonly route: Route;
  readonly segments: readonly string[];
}

/** Finds routes by verb and decoded path segments; literals compare without regard to case, as Azure's do. */
export class Router {
  readonly #bySize = new Map<number, Compiled[]>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const segments = route.path.split('/').filter((part) => part !== '');
      const compiled = { route, segments: segments.map((part) => (part.startsWith('{') ? part : part.toLowerCase())) };
      this.#bySize.set(segments.length, [...(this.#bySize.get(segments.length) ?? []), compiled]);
    }
  }

  /** The route of a request; more literal routes must be listed before those with parameters. */
  find(method: string, segments: readonly string[]): Found {
    let known = false;
    for (const { route, segments: wanted } of this.#bySize.get(segments.length) ?? []) {
      const params = matchSegments(wanted, segments);
      if (params !== undefined && route.method === method) return { route, params };
      known ||= params !== undefined;
    }
    return { known };
  }
}

/** The path's segments, decoded; empty ones are dropped, as the SDKs sometimes send `//`. */
export function splitPath(path: string): string[] {
  return path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeSegment);
}

function decodeSegment(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function matchSegments(wanted: readonly string[], sent: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const part = sent[index] ?? '';
    if (want.startsWith('{')) params[want.slice(1, -1)] = part;
    else if (want !== part.toLowerCase()) return undefined;
  }
  return params;
}
