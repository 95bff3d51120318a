import type { AuditEvent } from '../../src/runs/audit-event.ts';
import type { Store } from '../../src/store/index.ts';

/** The events on record, oldest first. */
export async function auditOf(store: Store): Promise<readonly AuditEvent[]> {
  return (await store.audit.page(0, 1000)).map((record) => JSON.parse(record.body) as AuditEvent);
}
