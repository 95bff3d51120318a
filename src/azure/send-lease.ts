import { AsyncLocalStorage } from 'node:async_hooks';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/** Whether the work under way is still ours to do. It is a question to the store, which hands the work of a silent process to another. */
type IsHeld = () => Promise<boolean>;

/** A yes is believed for so long after it was asked for: half of the time after which a silent process is taken for dead. */
const believedMs = 5000;

/**
 * Asks for each request that could change something, at the last moment before it is sent, whether the work that sends it is still ours. A process that
 * was frozen between its first look and the request would otherwise send what another one has sent meanwhile.
 */
export class SendLease {
  readonly #leases = new AsyncLocalStorage<IsHeld>();

  /** Work of which nothing is sent any more once it is somebody else's. */
  async during<T>(isHeld: IsHeld, work: () => Promise<T>): Promise<T> {
    return await this.#leases.run(isHeld, work);
  }

  /** The last policy before the wire. */
  policy(): PipelinePolicy {
    return {
      name: 'send-lease',
      sendRequest: async (request, next) => {
        const isHeld = this.#leases.getStore();
        if (isHeld !== undefined && request.method !== 'GET') await assertHeld(isHeld);
        return await next(request);
      },
    };
  }
}

/** By the monotonic clock: an answer that took long may have been overtaken while this process was frozen, so it is asked for again. */
async function assertHeld(isHeld: IsHeld): Promise<void> {
  for (;;) {
    const asked = performance.now();
    if (!(await isHeld())) throw new Error('Nothing was sent: the work has been taken over by another process.');
    if (performance.now() - asked < believedMs) return;
  }
}
