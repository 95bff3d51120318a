import assert from 'node:assert/strict';
import { lookAtFleet } from '../../src/operations/status/fleet.ts';
import { fleetColumns, fleetCsv } from '../../src/operations/status/fleet-csv.ts';
import { fleetExport } from '../../src/operations/status/fleet-export.ts';
import { troublesOf } from '../../src/operations/status/fleet-troubles.ts';
import { anItem, aVm, ids, now, stubContext } from '../support/stub-azure.ts';

const asOf = now.toISOString();

function contextOf(count: number, tags: Readonly<Record<string, string>> = {}) {
  const vms = Array.from({ length: count }, (_, nth) =>
    aVm({ id: ids.vm.replace('sql-01', `sql-${nth}`), name: `sql-${nth}`, tags }),
  );
  const first = anItem({ vmId: vms[0]?.id ?? '' });
  return stubContext({
    inventory: { vms: async () => ({ value: vms, asOf }), protectedItems: async () => ({ value: [first], asOf }) },
  });
}

describe('the fleet as CSV', () => {
  it('has a row for every VM, with every column', async () => {
    const fleet = await lookAtFleet(contextOf(3), {});
    const rows = fleetCsv(fleet, troublesOf(fleet, now)).trimEnd().split('\r\n');
    assert.equal(rows.length, 4);
    assert.equal(rows[0], fleetColumns.join(','));
    for (const row of rows) assert.equal(row.split(',').length, fleetColumns.length);
    assert.match(rows[1] ?? '', /^sql-0,rg-sql,.*,protected,rsv-prod,daily,/);
    assert.match(rows[2] ?? '', /,unprotected,/);
  });

  it('lets no cell be a formula in a spreadsheet', async () => {
    for (const start of ['=', '+', '-', '@', '\t']) {
      const fleet = await lookAtFleet(contextOf(1, { [`${start}cmd`]: 'x|\' /C calc\'!A0,"q"' }), {});
      const [, row = ''] = fleetCsv(fleet, troublesOf(fleet, now)).split('\r\n');
      assert.ok(row.includes(`"'${start}cmd=`) || row.includes(`,'${start}cmd=`), row);
    }
  });

  it('is a file with all rows, made of what the person may see when they take it', async () => {
    const { file } = await fleetExport.answer(contextOf(1200), {});
    const made = await fleetExport.file?.(contextOf(1200), {});
    const rows = made?.text.trimEnd().split('\r\n') ?? [];
    assert.equal(rows.length, 1201);
    assert.equal(rows[0], fleetColumns.join(','));
    assert.equal(new Set(rows).size, rows.length);
    assert.deepEqual([made?.name, made?.type], [file?.name, 'text/csv']);
    assert.deepEqual(file?.wish, { operation: 'fleet.export', parameters: {} });
    const really = Buffer.byteLength(made?.text ?? '');
    assert.ok(Math.abs((file?.bytes ?? 0) - really) < really / 20, `${file?.bytes} of ${really}`);
    const fleet = await lookAtFleet(contextOf(1200), {});
    assert.equal(made?.text, fleetCsv(fleet, troublesOf(fleet, now)));
    const holds = async () => false;
    const others = {
      ...contextOf(3),
      azure: { ...contextOf(3).azure, access: { ...contextOf(3).azure.access, holds } },
    };
    assert.equal((await fleetExport.file?.(others, {}))?.text.trimEnd(), fleetColumns.join(','));
  });

  it('is shown in the chat as far as a card holds, with the way to the rest', async () => {
    const small = await fleetExport.answer(contextOf(2), {});
    assert.equal(small.copied?.length, 3);
    assert.deepEqual(small.notes?.[0], { message: 'fleet.export.all', values: { most: 10 } });
    const large = await fleetExport.answer(contextOf(500), {});
    assert.equal(large.copied?.length, 11);
    assert.deepEqual(large.notes?.[0], { message: 'fleet.export.some', values: { most: 10 } });
  });
});
