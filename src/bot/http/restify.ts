import { ServerResponse } from 'node:http';
import restify from 'restify';

/**
 * restify, without what it does to everybody else: on import it replaces `ServerResponse.prototype.writeHead` for every server of the process by
 * one that returns nothing, so that `writeHead(…).end()` breaks in code that never heard of restify (restify 12, lib/response.js). This gives
 * the response back, as node:http documents. Import restify from here only; a test sees to it.
 */
const theirs = Reflect.get(ServerResponse.prototype, 'writeHead') as (
  this: ServerResponse,
  ...heads: unknown[]
) => unknown;

function writeHead(this: ServerResponse, ...heads: unknown[]): ServerResponse {
  theirs.apply(this, heads);
  return this;
}

Object.assign(ServerResponse.prototype, { writeHead });

export { restify };
