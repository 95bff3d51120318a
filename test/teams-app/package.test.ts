import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { strFromU8, unzipSync } from 'fflate';
import { createRecognizer } from '../../src/language/recognize.ts';
import { loadLocales } from '../../src/locales/index.ts';
import { operations } from '../../src/operations/index.ts';
import type { OwnLocale } from '../../src/operations/operation.ts';
import { commandsFor } from '../../teams-app/commands.ts';
import { type AppOrder, localized, manifest, translations } from '../../teams-app/manifest.ts';
import { appPackage } from '../../teams-app/zip.ts';
import { names } from '../language/estate.ts';

const page = 'https://vaultkeeper.example';
const order: AppOrder = {
  operations,
  botId: '11111111-2222-4333-8444-555555555555',
  appId: '11111111-2222-4333-8444-666666666666',
  domain: 'vaultkeeper.example',
  version: '0.1.0',
  developer: { name: 'Example', website: page, privacy: page, terms: page },
};
type Checked = Parameters<typeof AppManifestUtils.validateAgainstSchema>[0];

async function faultsOf(value: object): Promise<readonly string[]> {
  return await AppManifestUtils.validateAgainstSchema(value as Checked);
}

function filesOf(zip: Uint8Array): Readonly<Record<string, Uint8Array>> {
  return unzipSync(zip);
}

describe('the Teams app package', () => {
  it('has a manifest that Teams’ own schema takes', async () => {
    assert.deepEqual(await faultsOf(manifest(order)), []);
    assert.notDeepEqual(await faultsOf({ ...manifest(order), name: { short: 'x'.repeat(31), full: 'x' } }), []);
  });

  it('names the app that signs people in only when the bot acts in their name', async () => {
    assert.equal('webApplicationInfo' in manifest(order), false);
    const signIn = { id: '22222222-2222-4333-8444-555555555555', resource: 'api://vaultkeeper.example/sign-in' };
    const acting = manifest({ ...order, signIn });
    assert.deepEqual('webApplicationInfo' in acting && acting.webApplicationInfo, signIn);
    assert.deepEqual(await faultsOf(acting), []);
  });

  it('holds manifest, translations and icons, and the same order makes the same bytes', () => {
    const zip = appPackage(order);
    assert.deepEqual(Buffer.from(zip), Buffer.from(appPackage(order)));
    const files = filesOf(zip);
    assert.deepEqual(Object.keys(files), ['manifest.json', 'pt-BR.json', 'it.json', 'color.png', 'outline.png']);
    assert.deepEqual(
      JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array())),
      JSON.parse(JSON.stringify(manifest(order))),
    );
    for (const { file } of manifest(order).localizationInfo.additionalLanguages) assert.ok(file in files, file);
    for (const icon of Object.values(manifest(order).icons)) assert.ok(icon in files, icon);
  });

  it('has icons of the sizes that Teams wants', () => {
    const sizes = (['color', 'outline'] as const).map((name) => {
      const png = readFileSync(`teams-app/icons/${name}.png`);
      return [png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)];
    });
    assert.deepEqual(sizes, [
      ['PNG', 192, 192],
      ['PNG', 32, 32],
    ]);
  });

  it('asks for no permission', () => {
    const asked = manifest(order);
    for (const field of ['authorization', 'permissions', 'devicePermissions', 'webApplicationInfo'])
      assert.equal(field in asked, false, field);
    // The file of the fleet is offered in a person's own chat, and lands in their OneDrive only when they allow it.
    assert.equal(asked.bots[0].supportsFiles, true);
    assert.doesNotMatch(JSON.stringify(asked), /Read\.(Group|Chat|All)/);
  });

  it('is translated whole: every text that the English manifest has at the same place, and none that it has not', () => {
    const english = localized(operations, 'en');
    for (const locale of translations) {
      const texts = localized(operations, locale);
      assert.deepEqual(Object.keys(texts), Object.keys(english), locale);
      for (const [path, text] of Object.entries(texts)) assert.ok(text.length > 0 && text.length <= 4000, path);
      assert.ok((texts['description.short'] ?? '').length <= 80, locale);
      assert.notEqual(texts['description.full'], english['description.full']);
    }
  });

  for (const locale of ['en', 'pt-BR', 'it'] as const)
    it(`lists only commands that the bot understands, in ${locale}`, () => {
      const recognizer = createRecognizer(operations, loadLocales());
      const speaker = { locale, timeZone: 'UTC', now: new Date('2026-11-21T13:02:00Z'), names };
      for (const { title, description } of allCommands(locale)) {
        // What ends before a name is meant to be typed on: "snapshot di" and then the VM.
        const heard = [title, `${title} sql-prod-01`].map((text) => recognizer.understand(text, speaker).operation);
        const meant = operations.find(
          ({ texts }) => texts[locale].does.toLowerCase() === description.toLowerCase(),
        )?.id;
        assert.ok(
          heard.some((id) => id === (meant ?? id) && id !== null),
          `${title}: ${heard.join(', ')}`,
        );
        assert.ok(title.length <= 64, title);
      }
    });

  it('offers things to look up alone, and things to do where a second person sees them', () => {
    const titles = (scope: 'personal' | 'together') => commandsFor(operations, scope, 'en').map(({ title }) => title);
    assert.deepEqual(titles('personal').slice(0, 3), ['help', 'pending', 'what is not protected']);
    assert.ok(titles('together').length > 5 && titles('together').length <= 10);
    assert.ok(titles('together').includes('back up'));
  });
});

describe('npm run package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-package-'));
  after(() => rmSync(folder, { recursive: true }));
  const run = (...flags: string[]) =>
    spawnSync(process.execPath, ['teams-app/main.ts', ...flags], { encoding: 'utf8' });

  it('writes the zip', async () => {
    const out = join(folder, 'app.zip');
    const { status, stderr } = run('--bot-id', order.botId, '--domain', order.domain, '--out', out);
    assert.equal(status, 0, stderr);
    const written = JSON.parse(strFromU8(filesOf(readFileSync(out))['manifest.json'] ?? new Uint8Array())) as {
      id: string;
    };
    assert.equal(written.id, order.botId);
    assert.deepEqual(await faultsOf(written), []);
  });

  it('says all that is wrong with its arguments', () => {
    const { status, stderr } = run('--bot-id', 'x', '--domain', 'https://a', '--website', 'http://b.example');
    assert.equal(status, 2);
    assert.match(stderr, /--bot-id[\s\S]*--domain[\s\S]*http:\/\/b\.example/);
  });
});

function allCommands(locale: OwnLocale) {
  return [...commandsFor(operations, 'personal', locale), ...commandsFor(operations, 'together', locale)];
}
