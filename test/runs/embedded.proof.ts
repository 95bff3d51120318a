import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { onTheEmbeddedStore } from '../support/store.ts';

/** What is said of runs and of what is watched, on the embedded store too: `npm test` asks a server alone, which takes a third of the time. */
const files = globSync('test/{runs,watches}/*.test.ts').filter((file) =>
  readFileSync(file, 'utf8').includes('onUsualHome('),
);
await onTheEmbeddedStore(() => Promise.all(files.map((file) => import(resolve(file)))));
