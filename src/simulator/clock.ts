/**
 * Where the simulator's time comes from: `base` (ms since 1970) held at the machine's `realBase`, moving `factor`
 * simulated milliseconds per real one. Factor 0 is a clock that only `advance` moves.
 */
export interface ClockState {
  base: number;
  realBase: number;
  factor: number;
}

/** A clock that starts at the machine's time; manual ones stand still until moved. */
export function createClock(mode: 'real' | 'manual', real: number): ClockState {
  return { base: real, realBase: real, factor: mode === 'manual' ? 0 : 1 };
}

/** The simulated time in ms since 1970. */
export function readClock(clock: ClockState, real: number): number {
  return Math.floor(clock.base + (real - clock.realBase) * clock.factor);
}

/** Moves the clock; `to` sets the time, `by` adds ms, `factor` changes how fast it runs from now on. */
export function moveClock(clock: ClockState, real: number, move: { to?: number; by?: number; factor?: number }): void {
  const now = readClock(clock, real);
  clock.base = (move.to ?? now) + (move.by ?? 0);
  clock.realBase = real;
  clock.factor = move.factor ?? clock.factor;
}

/** Milliseconds of some spans, for durations that are written as products. */
export const span = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** Azure's time format with seven decimals, as backup and Site Recovery write it. */
export function azureTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '0000Z');
}

/** Compute's time format: seven decimals and a numeric zone. */
export function computeTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '0000+00:00');
}

/** Backup's word for "no time": `0001-01-01T00:00:00`. */
export const noTime = '0001-01-01T00:00:00';

/** Made once: a large estate has thousands of these times, and making a form takes longer than using it. */
const usTime = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** The US form in which backup puts times into a job's property bag, `5/20/2023 2:15:29 PM`. */
export function bagTime(ms: number): string {
  return usTime.format(ms).replace(',', '').replaceAll('\u202f', ' ');
}

/** An ISO 8601 duration as backup writes it, `PT7M44.0936152S`. */
export function azureDuration(ms: number): string {
  const hours = Math.floor(ms / span.hour);
  const minutes = Math.floor((ms % span.hour) / span.minute);
  const seconds = (ms % span.minute) / span.second;
  return `PT${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds}S`;
}
