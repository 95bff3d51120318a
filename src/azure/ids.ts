/** An ARM resource id, in the casing that Azure wrote. Compare with `sameId`, never with `===`. */
export type ArmId = string;
/** ISO 8601 in UTC. */
export type Instant = string;
