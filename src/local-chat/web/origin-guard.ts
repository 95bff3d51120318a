import type { IncomingMessage } from 'node:http';
import { HttpError } from './answer.ts';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The chat knows no passwords: being on this machine is the only right there is. So another site must not reach it
 * through the browser: neither under its own name (DNS rebinding: the Host header says so) nor by a form or fetch
 * (Origin and Sec-Fetch-Site say so). @throws HttpError 403 or 421.
 */
export function guardOrigin(request: IncomingMessage): void {
  const host = request.headers.host ?? '';
  if (!loopbackNames.has(hostName(host))) {
    throw new HttpError(421, 'WrongHost', { message: 'The local chat answers only to loopback names.' });
  }
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'] ?? 'none';
  const foreign = origin !== undefined && origin !== `http://${host}`;
  if (foreign || (site !== 'same-origin' && site !== 'none')) {
    throw new HttpError(403, 'CrossOrigin', { message: 'Requests from other pages are refused.' });
  }
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
