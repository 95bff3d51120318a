import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

const call = z.object({ id: z.string(), by: z.string().optional(), state: z.string().optional() });
type Call = z.infer<typeof call>;

/** How a request of a test ends: `lost` breaks the connection after the effect, `refused` answers 500 after it. */
export type Ending = 'answered' | 'lost' | 'refused';

/**
 * Azure and Teams for processes that are killed: it counts what it took, and outlives them all. `POST /submit` takes a client
 * request id every time it is asked; `POST /find` tells whether it has; `POST /card` notes what a card shows.
 */
export class AzureServer {
  /** Every submission that was taken, by client request id; an id twice is what must never be. */
  readonly taken: string[] = [];
  /** The states that cards showed, by run, oldest first. */
  readonly cards = new Map<string, string[]>();
  /** How the next submissions end; then they are answered. */
  readonly endings: Ending[] = [];
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = call.parse(await json(request));
    if (request.url === '/submit') return this.#submit(body, request, response);
    if (request.url === '/card') this.#show(body);
    response.end(JSON.stringify({ found: this.taken.includes(body.id) }));
  }

  /** Resolves when the cards of so many runs show that they have succeeded. */
  succeeded(count: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  #show({ id, state = '' }: Call): void {
    this.cards.set(id, [...(this.cards.get(id) ?? []), state]);
    const done = [...this.cards.values()].filter((states) => states.at(-1) === 'succeeded').length;
    for (const { count, resolve } of this.#waiting) if (done >= count) resolve();
  }

  #submit({ id }: Call, request: IncomingMessage, response: ServerResponse): void {
    this.taken.push(id);
    const ending = this.endings.shift() ?? 'answered';
    if (ending === 'lost') request.socket.destroy();
    else response.writeHead(ending === 'refused' ? 500 : 200).end(JSON.stringify({ found: true }));
  }
}
