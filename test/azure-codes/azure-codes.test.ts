import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { azureCodes, explained } from '../../src/azure-codes.ts';
import { CatalogueError } from '../../src/errors.ts';
import { loadLocales } from '../../src/locales/index.ts';

const lines = readFileSync(join(import.meta.dirname, 'backup-error-codes.txt'), 'utf8').split('\n');
const listed = lines.filter((line) => line !== '' && !line.startsWith('#'));
const reasons = z.record(z.string().min(10), z.array(z.string()).min(1));
const leftOut = Object.values(
  reasons.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'left-out.json'), 'utf8'))),
).flat();

describe('the error codes of Azure Backup', () => {
  it('are each explained, or left out with the reason, and never both', () => {
    const known = new Set(Object.keys(azureCodes));
    assert.equal(new Set(listed).size, 195);
    assert.deepEqual(
      listed.filter((code) => !known.has(code) && !leftOut.includes(code)),
      [],
    );
    assert.deepEqual(
      leftOut.filter((code) => known.has(code) || !listed.includes(code)),
      [],
    );
    assert.equal(new Set(leftOut).size, leftOut.length);
  });

  it('have an explanation and a next step in every language, and no explanation is without a code', () => {
    const names = [...new Set(Object.values(azureCodes))].sort();
    for (const [tag, { texts }] of loadLocales()) {
      const told = [...texts.keys()].filter((id) => id.startsWith('azure-code.') && !id.endsWith('.advice'));
      const own = told.map((id) => id.slice('azure-code.'.length)).filter((id) => id !== 'told');
      assert.deepEqual(own.sort(), names, tag);
      for (const name of names) assert.ok(texts.has(`azure-code.${name}.advice`), `${tag}: ${name}`);
    }
  });

  it('are found by their name, by the title of a job’s message, and by the number of a job', () => {
    const message = 'UserErrorFsFreezeFailed: A file system could not be frozen.';
    const words = 'A file system could not be frozen.';
    const known = { text: { message: 'azure-code.freeze' }, code: 'UserErrorFsFreezeFailed', message: words };
    assert.deepEqual(explained({ code: '400031', message })?.text.values, known);
    assert.deepEqual(explained({ code: 'UserErrorFsFreezeFailed', message: words })?.text.values, known);
    assert.equal(
      explained({ code: '400094', message: 'The VM is not there' })?.advice.message,
      'azure-code.vm-gone.advice',
    );
  });

  it('that nobody knows are shown with Azure’s own text', () => {
    for (const code of ['UserErrorOfTomorrow', '999999', 'constructor', '__proto__', ''])
      assert.equal(explained({ code, message: 'Something new' }), undefined, code);
    assert.equal(explained({ code: '130001', message: 'UserErrorOfTomorrow: Something new' }), undefined);
    assert.notEqual(explained({ code: '130001', message: 'Something new' }), undefined);
    const azure = { status: 400, code: 'UserErrorOfTomorrow', message: 'Something new' };
    const refused = new CatalogueError('azure-refused', {
      azure,
      values: { code: azure.code, message: azure.message },
    });
    assert.deepEqual([refused.text.message, refused.text.values?.message], ['error.azure-refused', 'Something new']);
  });

  it('explain a refusal of a request, too, but not a missing right or a throttled one', () => {
    const azure = { status: 400, code: 'UserErrorNetworkAclSANotSupported', message: 'Firewall' };
    assert.equal(new CatalogueError('azure-refused', { azure }).advice.message, 'azure-code.staging-firewall.advice');
    const gone = { status: 404, code: 'ResourceNotFound', message: 'No such thing' };
    assert.equal(new CatalogueError('azure-not-found', { azure: gone }).text.message, 'error.azure-not-found');
  });
});
