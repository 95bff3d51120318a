import type { ChatRecord, Snapshot, StreamEvent, Typing } from '../../src/local-chat/wire.ts';

/** One tab's stream of events. */
export interface ChatStream {
  /** Id of the last event seen; what a reconnect resumes from. */
  lastEventId(): string;
  close(): void;
}

/** What happens on the stream, in order. */
export interface StreamHandlers {
  snapshot(snapshot: Snapshot): void;
  record(record: ChatRecord): void;
  typing?(typing: Typing): void;
  /** The server ended the stream or went away. */
  ended?(): void;
}

/** Opens the event stream of a tab and resolves when the server has answered. */
export async function openStream(
  url: string,
  query: { as: string; after?: string },
  handlers: StreamHandlers,
): Promise<ChatStream> {
  const closing = new AbortController();
  const search = new URLSearchParams({ as: query.as, after: query.after ?? '' });
  const response = await fetch(`${url}/local-chat/api/events?${search.toString()}`, { signal: closing.signal });
  if (!response.ok || !response.body) throw new Error(`The event stream answered ${response.status}`);
  const state = { lastEventId: query.after ?? '' };
  void readEvents(response.body, (id, event) => {
    if (id !== undefined) state.lastEventId = id;
    dispatch(event, handlers);
  })
    .catch(() => {})
    .finally(() => handlers.ended?.());
  return { lastEventId: () => state.lastEventId, close: () => closing.abort() };
}

async function readEvents(
  body: ReadableStream<Uint8Array>,
  take: (id: string | undefined, event: StreamEvent) => void,
) {
  let text = '';
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    const blocks = `${text}${part}`.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data !== undefined) take(/^id: (.*)$/m.exec(block)?.[1], JSON.parse(data) as StreamEvent);
    }
  }
}

function dispatch(event: StreamEvent, handlers: StreamHandlers): void {
  if (event.kind === 'snapshot') handlers.snapshot(event);
  else if (event.kind === 'typing') handlers.typing?.(event);
  else handlers.record(event);
}
