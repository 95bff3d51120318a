import { Refusal } from './refusal.ts';

const namespaces = new Set(
  [
    'Microsoft.Compute',
    'Microsoft.RecoveryServices',
    'Microsoft.Network',
    'Microsoft.Storage',
    'Microsoft.Authorization',
    'Microsoft.Resources',
    'Microsoft.ResourceGraph',
  ].map((name) => name.toLowerCase()),
);

/** A refusal of a path or verb that nothing answers to; the server notes it as unknown. */
export class UnknownRoute extends Refusal {}

/** What ARM says to a request that it cannot route: wrong verb, unknown type, unknown provider, or no such path. */
export function unknownRoute(
  request: { method: string; path: string; query: URLSearchParams },
  known: boolean,
): UnknownRoute {
  const detail = { cause: 'gateway' } as const;
  if (known) {
    const text = `The requested resource does not support http method '${request.method}'.`;
    return new UnknownRoute(405, 'MethodNotAllowed', text, detail);
  }
  const [, namespace, type] = /\/providers\/([^/]+)(?:\/([^/]+))?[^?]*$/i.exec(request.path) ?? [];
  if (namespace === undefined) {
    const text = `The requested path '${request.path}' is not valid.`;
    return new UnknownRoute(404, 'NotFound', text, detail);
  }
  if (!namespaces.has(namespace.toLowerCase())) {
    return new UnknownRoute(
      404,
      'InvalidResourceNamespace',
      `The resource namespace '${namespace}' is invalid.`,
      detail,
    );
  }
  const version = request.query.get('api-version') ?? '';
  const text = `The resource type '${type ?? ''}' could not be found in the namespace '${namespace}' for api version '${version}'.`;
  return new UnknownRoute(404, 'InvalidResourceType', text, detail);
}
