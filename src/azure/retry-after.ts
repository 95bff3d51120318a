/** Twice as long as Resource Graph counts: whatever a header says, a list does not stand still. */
const longestPauseSeconds = 10;

/** Headers as far as we read them; both SDK generations fit. */
export interface HeadersLike {
  get(name: string): string | undefined;
}

/**
 * How many seconds Azure asks us to wait, from the headers that ARM and its resource providers use: `Retry-After` in seconds or as a date,
 * the two millisecond forms, and Resource Graph's `x-ms-user-quota-resets-after: 00:00:05`. Undefined when it does not say.
 */
export function retryAfterSeconds(headers: HeadersLike, now: Date): number | undefined {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const milliseconds = wholeNumber(headers.get(name));
    if (milliseconds !== undefined) return milliseconds / 1000;
  }
  const value = headers.get('retry-after');
  if (value === undefined) return undefined;
  return wholeNumber(value) ?? secondsUntil(value, now);
}

/** When Resource Graph's quota is full again, in seconds; it sends this on every answer, so it means something on a 429 only. */
export function quotaResetSeconds(headers: HeadersLike): number | undefined {
  const parts = /^(\d+):(\d{2}):(\d{2})/.exec(headers.get('x-ms-user-quota-resets-after') ?? '');
  if (parts === null) return undefined;
  return Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]);
}

/**
 * How many seconds to wait before the next page of a list, from the headers of the page before it: Resource Graph answers 15 requests in five seconds
 * (azure-docs: Guidance for throttled requests in Azure Resource Graph), and who goes on without looking is refused in the middle of a long list.
 */
export function pauseSeconds(headers: HeadersLike): number {
  const left = wholeNumber(headers.get('x-ms-user-quota-remaining'));
  if (left === undefined || left > 1) return 0;
  return Math.min(quotaResetSeconds(headers) ?? 0, longestPauseSeconds);
}

/** Seconds that are only told in the words of an error: "Please try again after '324' seconds". */
export function saidSeconds(message: string): number | undefined {
  return wholeNumber(/after '?(\d+)'? seconds/i.exec(message)?.[1]);
}

function wholeNumber(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+$/.test(value.trim()) ? Number(value) : undefined;
}

function secondsUntil(date: string, now: Date): number | undefined {
  const at = Date.parse(date);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now.getTime()) / 1000));
}
