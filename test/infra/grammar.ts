import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

const { resolve } = createRequire(import.meta.url);

/** What the grammar of Bicep finds in a text. */
export interface Checked {
  /** Lines, from 1, that are no Bicep, with what stands there. */
  readonly faults: readonly string[];
  /** Names that are used and declared nowhere in the text. */
  readonly undeclared: readonly string[];
}

/** Reads Bicep by its published grammar (tree-sitter-bicep): form and names; types and API versions need Bicep itself. */
export async function bicepGrammar(): Promise<(text: string) => Checked> {
  await Parser.init();
  const parser = new Parser();
  const wasm = readFileSync(resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'));
  parser.setLanguage(await Language.load(wasm));
  return (text) => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error('the grammar is not loaded');
    return { faults: faultsIn(tree.rootNode), undeclared: undeclaredIn(tree.rootNode) };
  };
}

function faultsIn(root: Node): readonly string[] {
  return inside(root)
    .filter((node) => node.isError || node.isMissing)
    .map((node) => `${node.startPosition.row + 1}: ${node.text}`);
}

function undeclaredIn(root: Node): readonly string[] {
  const named = inside(root).filter(({ type }) => type === 'identifier');
  const declared = new Set(named.filter(isDeclaration).map(({ text }) => text));
  const used = named.filter((node) => !isDeclaration(node) && !isKey(node) && !isFunction(node));
  return [...new Set(used.map(({ text }) => text))].filter((name) => !declared.has(name));
}

/** The first name of a declaration, and what a loop calls its elements. */
function isDeclaration(node: Node): boolean {
  const { parent } = node;
  if (parent === null || parent.namedChild(0)?.id !== node.id) return false;
  return parent.type.endsWith('_declaration') || parent.type === 'for_statement';
}

function isKey(node: Node): boolean {
  return node.parent?.type === 'object_property' && node.parent.namedChild(0)?.id === node.id;
}

/** Bicep's own functions are declared nowhere. */
function isFunction(node: Node): boolean {
  return node.tree.rootNode.text[node.endIndex] === '(';
}

function inside(node: Node): readonly Node[] {
  return [node, ...node.children.flatMap((child) => (child === null ? [] : inside(child)))];
}
