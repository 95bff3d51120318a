import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { parseConfig } from '../../src/config.ts';
import { operations } from '../../src/operations/index.ts';
import { customRole } from '../../src/roles/custom-role.ts';
import { settings } from '../../src/settings.ts';
import { readBicep } from './bicep.ts';
import { bicepGrammar } from './grammar.ts';

const files = globSync('infra/**/*.bicep').toSorted().map(readBicep);
const main = readBicep('infra/main.bicep');
const app = readFileSync('infra/modules/app.bicep', 'utf8');
const guid = '00000000-0000-4000-8000-000000000001';

describe('the Bicep files, as far as they can be read without Bicep', () => {
  it('are Bicep by its grammar, and use no name that they do not declare', async () => {
    const check = await bicepGrammar();
    assert.ok(files.length > 5);
    for (const { path, text } of files) assert.deepEqual(check(text), { faults: [], undeclared: [] }, path);
    assert.deepEqual(check('var a = b\noutput c string = a').undeclared, ['b']);
    assert.equal(check("param a string\nresource b 'c@1' = {\n  name: [a\n}").faults.length > 0, true);
  });

  it('use modules that exist, with all that they require and nothing that they do not take', () => {
    assert.equal(main.modules.length, globSync('infra/modules/*.bicep').length);
    for (const { symbol, path, given } of main.modules) {
      assert.ok(existsSync(path), path);
      const { required, optional } = readBicep(path);
      assert.deepEqual(
        required.filter((name) => !given.includes(name)),
        [],
        `${symbol} lacks`,
      );
      assert.deepEqual(
        given.filter((name) => ![...required, ...optional].includes(name)),
        [],
        `${symbol} does not take`,
      );
    }
  });

  it('read only outputs that the modules give', () => {
    const used = [...main.text.matchAll(/(\w+)!?\.outputs\.(\w+)/g)];
    assert.ok(used.length > 10);
    for (const [whole, symbol, output = ''] of used) {
      const found = main.modules.find((module) => module.symbol === symbol);
      assert.ok(found !== undefined && readBicep(found.path).outputs.includes(output), whole);
    }
  });

  it('use every parameter that they take', () => {
    for (const { path, text, required, optional } of files)
      for (const name of [...required, ...optional])
        assert.ok((text.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length > 1, `${path}: ${name}`);
  });

  it('load files that exist, and the example names only parameters that there are', () => {
    for (const [, path = ''] of files.flatMap(({ text }) => [...text.matchAll(/loadJsonContent\('\.\.\/([^']+)'/g)]))
      assert.ok(existsSync(`infra/${path}`), path);
    const given = [...readFileSync('infra/main.bicepparam', 'utf8').matchAll(/^param (\w+)/gm)].map(
      ([, name = '']) => name,
    );
    assert.deepEqual(main.required.toSorted(), given.toSorted());
  });

  it('give everything that has one name for all of Azure, or for a tenant, a name that a second installation does not take', () => {
    const { text } = main;
    const unique = 'uniqueString(resourceGroup().id)';
    const given = (module: string, parameter: string) =>
      new RegExp(`^module ${module} [\\s\\S]*?^    ${parameter}: (.*)$`, 'm').exec(text)?.[1] ?? '';
    assert.match(text, /^var unique = uniqueString\(resourceGroup\(\)\.id\)$/m, unique);
    for (const [module, parameter] of [
      ['bot', 'name'],
      ['database', 'name'],
      ['role', 'name'],
    ] as const)
      assert.match(given(module, parameter), /\$\{unique\}/, module);
    const role = readFileSync('infra/modules/role.bicep', 'utf8');
    for (const line of [
      /^var roleGuid = guid\(.*\bname\b.*\)$/m,
      /roleName: displayName/,
      /^var displayName = .*\$\{name\}/m,
    ])
      assert.match(role, line);
    // A deployment at a subscription has one name there, in one region.
    for (const module of ['role', 'rights'])
      assert.match(
        text,
        new RegExp(`^module ${module} [^=]*= (\\[for id in subscriptionIds: )?\\{\n  name: '[^']*\\$\\{unique\\}`, 'm'),
        module,
      );
  });

  it('hold no password, and let nobody in with one', () => {
    const all = files.map(({ text }) => text).join('\n');
    assert.doesNotMatch(all, /administratorLoginPassword|MicrosoftAppPassword|CertificatePath/);
    assert.match(all, /passwordAuth: 'Disabled'/);
    assert.match(all, /disableLocalAuth: true/);
    assert.match(all, /allowInsecure: false/);
  });
});

describe('what the deployment passes to the bot', () => {
  const passed = [...app.matchAll(/^ {2}{ name: '(\w+)', value:|= empty\(policy\) \? \[\] : \[{ name: '(\w+)'/gm)].map(
    ([, always, sometimes]) => always ?? sometimes ?? '',
  );

  it('is made of settings that the bot reads', () => {
    const known: readonly string[] = settings.map(({ name }) => name);
    assert.ok(passed.length > 8);
    assert.deepEqual(
      passed.filter((name) => !known.includes(name)),
      [],
    );
  });

  it('is enough to start in Teams mode', () => {
    const example: Record<string, string> = {
      PORT: '3978',
      HOST: '0.0.0.0',
      DATABASE_URL: 'postgresql://vaultkeeper-identity@host:5432/vaultkeeper?sslmode=verify-full',
      MicrosoftAppType: 'UserAssignedMSI',
      LOG_LEVEL: 'info',
      DESTRUCTIVE_OPERATIONS: 'off',
      POLICY_FILE: '/policy/policy.yaml',
    };
    const env = Object.fromEntries(passed.map((name) => [name, example[name] ?? guid]));
    assert.equal(parseConfig('serve', env).mode, 'serve');
    for (const [name, value] of Object.entries(example).filter(([name]) => !['DATABASE_URL'].includes(name)))
      assert.ok(app.includes(`'${value}'`) || app.includes(`port = ${value}`), name);
  });

  it('collects metrics only where there is a place for them, because Application Insights takes none from here', () => {
    assert.match(app, /empty\(metricsEndpoint\) \? \[\{ name: 'OTEL_METRICS_EXPORTER', value: 'none' \}\] : \[\]/);
    assert.doesNotMatch(app, /metricsConfiguration: \{ destinations: \['appInsights'\]/);
    assert.match(app, /env: concat\(ownSettings, policySettings, metricsSettings, moreSettings\)/);
  });

  it('asks for its health where it answers', () => {
    const server = readFileSync('src/bot/http/server.ts', 'utf8');
    const asked = [...app.matchAll(/httpGet: \{ path: '([^']+)'/g)].map(([, path = '']) => path);
    assert.deepEqual(new Set(asked), new Set(['/healthz', '/readyz']));
    for (const path of asked) assert.ok(server.includes(`'${path}'`), path);
  });
});

describe('the role files of the deployment', () => {
  for (const [file, destructive] of [
    ['role.json', 'with'],
    ['role-without-destructive.json', 'without'],
  ] as const)
    it(`${file} is what npm run role writes today`, () => {
      const scopes = ['/subscriptions/00000000-0000-0000-0000-000000000000'];
      assert.deepEqual(
        JSON.parse(readFileSync(`infra/${file}`, 'utf8')),
        JSON.parse(JSON.stringify(customRole({ operations, scopes, destructive }))),
        'write it anew: npm run infra-roles',
      );
    });
});
