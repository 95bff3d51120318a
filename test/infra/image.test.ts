import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { sourcesOf } from '../support/sources.ts';

const dockerfile = readFileSync('Dockerfile', 'utf8');
const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));
interface Package {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: { readonly node: string };
  readonly scripts: Record<string, string>;
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Package;

describe('the image', () => {
  it('copies what exists and what the build may see', () => {
    const seen = readFileSync('.dockerignore', 'utf8').split('\n');
    assert.ok(seen.includes('*'));
    for (const path of copied) {
      assert.ok(existsSync(path), path);
      assert.ok(seen.includes(`!${path}`), `${path} is kept from the build`);
    }
  });

  it('holds every file that the product imports, and every package', () => {
    const held = (path: string): boolean => copied.some((root) => path === root || path.startsWith(`${root}/`));
    for (const { path, imports } of sourcesOf('src'))
      for (const { target, ours, typeOnly } of imports) {
        if (typeOnly || target.startsWith('node:') || path.startsWith('src/local-chat/page/')) continue;
        const there = ours ? held(target) : target in manifest.dependencies;
        assert.ok(there, `${path} imports ${target}, which the image has not`);
      }
  });

  it('starts as npm run serve does, as somebody who is not root', () => {
    const command = manifest.scripts.serve?.split(' ').map((word) => JSON.stringify(word));
    assert.ok(dockerfile.includes(`\nCMD [${command?.join(', ')}]\n`), dockerfile);
    assert.ok(dockerfile.indexOf('USER node') > dockerfile.lastIndexOf('\nRUN '));
    assert.match(dockerfile, /^HEALTHCHECK .*\/healthz/m);
    assert.match(dockerfile, /npm ci --omit=dev/);
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    assert.deepEqual(new Set(bases), new Set([`node:${manifest.devDependencies.node}-slim`]));
  });
});
