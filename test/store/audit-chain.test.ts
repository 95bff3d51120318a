import assert from 'node:assert/strict';
import { linkHash } from '../../src/store/index.ts';
import { onBothHomes } from '../support/store.ts';

onBothHomes('the audit chain', (place) => {
  const event = (detail: string) => ({
    kind: 'run-proposed' as const,
    at: '2026-03-02T08:00:00.000Z',
    tenantId: 'tenant',
    details: { detail },
  });

  it('has no gap and no fork when many write at once', async () => {
    const store = await (await place()).open();
    const writers = Array.from({ length: 20 }, (_, at) =>
      store.transaction((unit) => {
        unit.record(event(`first of ${at}`));
        unit.record(event(`second of ${at}`));
        return Promise.resolve();
      }),
    );
    await Promise.all(writers);
    const records = await store.audit.page(0, 100);
    assert.deepEqual(
      records.map(({ seq }) => seq),
      Array.from({ length: 40 }, (_, at) => at + 1),
    );
    for (const [at, record] of records.entries()) {
      const previous = records[at - 1]?.hash ?? '0'.repeat(64);
      assert.equal(record.hash, linkHash(previous, record.seq, record.body));
    }
  });
});
