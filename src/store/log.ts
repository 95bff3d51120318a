/** Where the store and the runs write what an operator should know; pino's logger fits. Never given a secret. */
export interface Log {
  debug(details: object, text: string): void;
  info(details: object, text: string): void;
  warn(details: object, text: string): void;
  error(details: object, text: string): void;
}
