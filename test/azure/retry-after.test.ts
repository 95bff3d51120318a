import assert from 'node:assert/strict';
import { quotaResetSeconds, retryAfterSeconds, saidSeconds } from '../../src/azure/retry-after.ts';

const now = new Date('2026-01-10T08:00:00Z');
const headers = (all: Record<string, string>) => ({ get: (name: string) => all[name] });

describe('how long Azure asks to wait', () => {
  for (const [name, value, seconds] of [
    ['retry-after', '324', 324],
    ['retry-after', '0', 0],
    ['retry-after', 'Sat, 10 Jan 2026 08:01:30 GMT', 90],
    ['retry-after', 'Sat, 10 Jan 2026 07:00:00 GMT', 0],
    ['retry-after', 'soon', undefined],
    ['retry-after-ms', '1500', 1.5],
    ['x-ms-retry-after-ms', '250', 0.25],
    ['other', '7', undefined],
  ] as const) {
    it(`is ${seconds ?? 'not said'} for ${name}: ${value}`, () => {
      assert.equal(retryAfterSeconds(headers({ [name]: value }), now), seconds);
    });
  }

  it("is found in the words of an error and in Resource Graph's quota", () => {
    assert.equal(saidSeconds("Please try again after '324' seconds."), 324);
    assert.equal(saidSeconds('Please try again after 5 seconds.'), 5);
    assert.equal(saidSeconds('Please try again.'), undefined);
    assert.equal(quotaResetSeconds(headers({ 'x-ms-user-quota-resets-after': '00:01:05' })), 65);
    assert.equal(quotaResetSeconds(headers({})), undefined);
  });
});
