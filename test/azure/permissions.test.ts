import assert from 'node:assert/strict';
import fc from 'fast-check';
import { covers, isAtOrAbove } from '../../src/azure/permissions.ts';

describe('permissions', () => {
  const segment = fc.stringMatching(/^[A-Za-z][A-Za-z0-9.]{0,8}$/);
  const action = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));

  it('cover an action under any pattern that puts a star for a part of it', () => {
    fc.assert(
      fc.property(action, fc.nat(), fc.nat(), (text, a, b) => {
        const [from, to] = [a % (text.length + 1), b % (text.length + 1)].toSorted((x, y) => x - y);
        const pattern = `${text.slice(0, from)}*${text.slice(to)}`;
        assert.ok(covers({ actions: [pattern], notActions: [] }, text.toUpperCase()));
        assert.ok(!covers({ actions: ['*'], notActions: [pattern] }, text));
      }),
    );
  });

  it('are never covered by another text without a star', () => {
    fc.assert(
      fc.property(action, action, (one, other) => {
        fc.pre(one.toLowerCase() !== other.toLowerCase());
        assert.ok(!covers({ actions: [one], notActions: [] }, other));
      }),
    );
  });

  it('reach a scope from every scope above it and from no other', () => {
    const scope = fc.array(segment, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(scope, fc.nat(), segment, (parts, cut, stranger) => {
        const whole = `/${parts.join('/')}`;
        assert.ok(isAtOrAbove(`/${parts.slice(0, cut % (parts.length + 1)).join('/')}`, whole.toUpperCase()));
        assert.ok(!isAtOrAbove(`${whole}/${stranger}`, whole));
        assert.ok(!isAtOrAbove(whole, `${whole}${stranger}`));
      }),
    );
  });
});
