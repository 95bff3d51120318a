import { z } from 'zod';

/** A disturbance of matching requests: a changed answer, a delay, silence, a cut connection. */
export const faultBody = z
  .object({
    method: z.string().optional(),
    /** A regular expression on the decoded path, without regard to case. */
    path: z.string().default('.'),
    status: z.number().int().min(200).max(599).optional(),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    /** Real milliseconds before the answer. */
    delayMs: z.number().min(0).optional(),
    /** Never answers. */
    hang: z.boolean().optional(),
    /** Closes the connection without an answer. */
    cut: z.boolean().optional(),
    /** With `cut`, `hang` or `status`: only after the request has had its effect. */
    after: z.boolean().optional(),
    /** Answers 200 with a body that is not JSON. */
    malformed: z.boolean().optional(),
    /** How many requests it hits; without it, all. */
    count: z.number().int().min(1).optional(),
    /** The chance that it hits a matching request, from a sequence that `seed` fixes. */
    probability: z.number().min(0).max(1).optional(),
    seed: z.number().int().default(1),
  })
  .strict()
  .superRefine((fault, context) => {
    try {
      new RegExp(fault.path, 'i');
    } catch {
      context.addIssue({ code: 'custom', path: ['path'], message: 'not a regular expression' });
    }
  });
export type Fault = z.infer<typeof faultBody>;

interface ActiveFault {
  readonly id: number;
  readonly fault: Fault;
  readonly pattern: RegExp;
  left: number;
  random: number;
}

/** The faults that are set, in the order in which they were set; the first that matches is used. */
export class Faults {
  #active: ActiveFault[] = [];
  #next = 1;

  /** Sets a fault and gives its number. */
  add(fault: Fault): number {
    const id = this.#next;
    this.#next += 1;
    const pattern = new RegExp(fault.path, 'i');
    this.#active.push({ id, fault, pattern, left: fault.count ?? Number.POSITIVE_INFINITY, random: fault.seed >>> 0 });
    return id;
  }

  /** Removes all faults. */
  clear(): void {
    this.#active = [];
  }

  /** The faults that are set, with how many requests each has still to hit. */
  list(): { id: number; left: number | null; fault: Fault }[] {
    return this.#active.map(({ id, left, fault }) => ({ id, left: Number.isFinite(left) ? left : null, fault }));
  }

  /** The fault that hits this request, counted as used. */
  take(method: string, path: string): { id: number; fault: Fault } | undefined {
    const hit = this.#active.find(
      (one) => (one.fault.method ?? method).toUpperCase() === method && one.pattern.test(path) && this.#strikes(one),
    );
    if (hit === undefined) return undefined;
    hit.left -= 1;
    if (hit.left <= 0) this.#active = this.#active.filter((one) => one !== hit);
    return hit;
  }

  /** Draws from the fault's own sequence (a linear congruential one), so that a seed always hits the same requests. */
  #strikes(one: ActiveFault): boolean {
    if (one.fault.probability === undefined) return true;
    one.random = (Math.imul(one.random, 1_664_525) + 1_013_904_223) >>> 0;
    return one.random / 2 ** 32 < one.fault.probability;
  }
}
