import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { moment, tags } from '../../src/azure/fields.ts';

describe("Azure's times", () => {
  for (const [told, understood] of [
    ['2026-01-10T08:00:00Z', '2026-01-10T08:00:00.000Z'],
    ['2026-01-10T08:00:00.1234567Z', '2026-01-10T08:00:00.123Z'],
    ['2026-01-10T10:00:00+02:00', '2026-01-10T08:00:00.000Z'],
    ['0001-01-01T00:00:00', undefined],
    ['0001-01-01T00:00:00Z', undefined],
    ['1753-01-01T01:01:01Z', undefined],
    ['', undefined],
    ['soon', undefined],
    [null, undefined],
    [undefined, undefined],
    [7, undefined],
    [new Date(Date.UTC(2026, 0, 10)), '2026-01-10T00:00:00.000Z'],
    [new Date(Number.NaN), undefined],
  ] as const) {
    it(`${JSON.stringify(told) ?? 'nothing'} is ${understood ?? 'no time'}`, () => {
      assert.equal(moment.parse(told), understood);
    });
  }

  it('are UTC even where Azure leaves the Z out, wherever the bot runs', () => {
    const file = JSON.stringify(new URL('../../src/azure/fields.ts', import.meta.url).href);
    const script = `import { moment } from ${file}; console.log(moment.parse('2026-01-10T08:00:00.5'))`;
    const env = { TZ: 'America/Sao_Paulo' };
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' });
    assert.equal(said.trim(), '2026-01-10T08:00:00.500Z');
  });
});

describe('tags', () => {
  it('lose a value that is no text, and the resource stays', () => {
    assert.deepEqual(tags.parse({ env: 'prod', owner: null, tier: 1 }), { env: 'prod' });
    assert.deepEqual(tags.parse(null), {});
  });
});
