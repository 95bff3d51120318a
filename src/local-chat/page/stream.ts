import type { StreamEvent } from '../wire.ts';

/** What a tab does with its stream. */
export interface StreamHandlers {
  readonly event: (event: StreamEvent) => void;
  /** True as long as events arrive; false while the server is away. */
  readonly connected: (connected: boolean) => void;
}

const retryMs = 1000;

/**
 * The live events for one person. After a loss it comes back by itself and asks for what it missed; also after the
 * server was started anew, which the browser's own retry does not survive. Returns how to stop.
 */
export function listen(as: string, handlers: StreamHandlers): () => void {
  let lastEventId = '';
  let source: EventSource | undefined;
  let retry: number | undefined;
  const connect = () => {
    const query = new URLSearchParams({ as, after: lastEventId });
    source = new EventSource(`/local-chat/api/events?${query.toString()}`);
    source.onopen = () => handlers.connected(true);
    source.onmessage = (message: MessageEvent<string>) => {
      lastEventId = message.lastEventId || lastEventId;
      // From our own server, of the same version: the type is the contract.
      handlers.event(JSON.parse(message.data) as StreamEvent);
    };
    source.onerror = () => {
      source?.close();
      handlers.connected(false);
      retry = setTimeout(connect, retryMs);
    };
  };
  connect();
  return () => {
    source?.close();
    clearTimeout(retry);
  };
}
