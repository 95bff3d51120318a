import assert from 'node:assert/strict';
import { createRecognizer } from '../../src/language/recognize.ts';
import { operations } from '../../src/operations/index.ts';
import { names } from './estate.ts';

const recognizer = createRecognizer(operations);

function saidIn(text: string, locale: string) {
  const speaker = { locale, timeZone: 'UTC', now: new Date('2026-11-21T13:02:00Z'), names };
  const { operation, parameters } = recognizer.understand(text, speaker);
  return [operation, parameters.group?.said, (parameters.snapshot ?? parameters.vm)?.said];
}

describe('the resource group into which something is to go', () => {
  for (const [locale, text, group] of [
    ['en', 'create a disk from the snapshot web-os-20261121 into resource group rg-web', 'rg-web'],
    ['en', 'create a disk from the snapshot web-os-20261121 in rg-dev', 'rg-dev'],
    ['en', 'create in rg-dev a disk from the snapshot web-os-20261121', 'rg-dev'],
    ['en', 'create a disk from the snapshot web-os-20261121', undefined],
    ['pt-BR', 'criar um disco do snapshot web-os-20261121 no grupo de recursos rg-web', 'rg-web'],
    ['it', 'crea un disco dallo snapshot web-os-20261121 nel gruppo di risorse rg-web', 'rg-web'],
    ['it', 'crea un disco dallo snapshot web-os-20261121 in rg-dev', 'rg-dev'],
  ] as const)
    it(`is ${group} in “${text}”`, () => {
      assert.deepEqual(saidIn(text, locale), ['disk.create', group, 'web-os-20261121']);
    });

  it('is told from the group that the VM lies in', () => {
    const into = saidIn('enable replication of web-prod-01 to northeurope into resource group rg-crm', 'en');
    assert.deepEqual(into, ['replication.enable', 'rg-crm', 'web-prod-01']);
    assert.deepEqual(saidIn('enable replication of app-01 in rg-crm', 'en'), [
      'replication.enable',
      undefined,
      'app-01',
    ]);
  });
});
