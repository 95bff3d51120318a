import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import '../../src/bot/http/restify.ts';

describe('restify in the process', () => {
  it('leaves every other server’s writeHead as node:http documents it', async () => {
    const server = createServer((_, response) => void response.writeHead(201, { 'x-kind': 'own' }).end('made'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    assert.deepEqual([answer.status, answer.headers.get('x-kind'), await answer.text()], [201, 'own', 'made']);
    server.close();
  });
});
