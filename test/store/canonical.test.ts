import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonical } from '../../src/store/canonical.ts';

describe('canonical JSON', () => {
  it('is the same text for equal values, whatever the order of their keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        assert.equal(canonical(reversed), canonical(value));
      }),
    );
  });

  it('is read back as the value that was written', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        assert.deepEqual(JSON.parse(canonical(value)), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('has no spaces, sorts keys by code unit at every depth, and leaves out what is undefined', () => {
    assert.equal(canonical({ b: [{ d: 1, c: undefined }], B: 'é', a: null }), '{"B":"é","a":null,"b":[{"d":1}]}');
  });
});
