import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createContext, runInContext } from 'node:vm';
import * as queries from '../../src/azure/queries.ts';

/** The part of Microsoft's Kusto language service that is used. It is a script for a page, so it runs in a context of its own. */
interface Kusto {
  readonly Language: {
    readonly KustoCode: {
      Parse(text: string): {
        GetDiagnostics(): { readonly Count: number; getItem(at: number): { readonly Message: string } };
      };
    };
  };
}

function loadKusto(): Kusto {
  const require = createRequire(import.meta.url);
  const context = createContext({});
  for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) {
    runInContext(readFileSync(require.resolve(`@kusto/language-service-next/${file}`), 'utf8'), context);
  }
  return (context as { readonly Kusto: Kusto }).Kusto;
}

/** What Kusto's parser has against a text. */
function faultsOf(kusto: Kusto, text: string): readonly string[] {
  const found = kusto.Language.KustoCode.Parse(text).GetDiagnostics();
  return Array.from({ length: found.Count }, (_, at) => found.getItem(at).Message);
}

const hostile = "/subscriptions/s/resourceGroups/o'brien\\/providers/Microsoft.Compute/disks/d' | where 1 == 1 //";

/** Every query of the product; those that take something get it, and something hostile. */
const texts = Object.entries(queries).flatMap(([name, query]: [string, unknown]) => {
  if (typeof query === 'string') return [{ name, text: query }];
  if (typeof query !== 'function') return [];
  const made: unknown = Reflect.apply(query, undefined, name === 'snapshotsOf' ? [[hostile]] : ["north'europe"]);
  return typeof made === 'string' ? [{ name, text: made }] : [];
});

describe('the queries for Resource Graph', () => {
  let kusto: Kusto;

  before(() => {
    kusto = loadKusto();
  });

  for (const { name, text } of texts) {
    it(`are Kusto to Microsoft's own parser: ${name}`, () => {
      assert.deepEqual(faultsOf(kusto, text), []);
    });
  }

  it('would be refused when they were not', () => {
    assert.ok(texts.length > 5);
    assert.notDeepEqual(faultsOf(kusto, 'resources | wherre type == 1 | project ,'), []);
  });
});
