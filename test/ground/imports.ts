import { readFileSync } from 'node:fs';
import { readdirSync } from 'node:fs';
import { join, normalize } from 'node:path';
import ts from 'typescript';

/** One import: from which file, and the file in the repository or the package that it names. */
export type Import = { from: string; to: string };

const outside = /^(node_modules|dist|\.|test-output)/;

/** Every TypeScript file of the repository, as paths from its root. */
export const sourceFiles = (): string[] => repositoryFiles().filter(isTypeScript);

/**
 * Every file of the repository that is no build, package, data or other output, as paths from its
 * root.
 */
export function repositoryFiles(): string[] {
  const top = readdirSync('.', { withFileTypes: true }).filter(({ name }) => !outside.test(name));
  const folders = top.filter((entry) => entry.isDirectory()).flatMap(({ name }) => filesBelow(name));
  return [...top.filter((entry) => entry.isFile()).map(({ name }) => name), ...folders];
}

/** The imports of one file that remain after compiling; `import type` is free and left out. */
export function valueImports(file: string, text?: string): Import[] {
  return importsOf(file, valueSpecifier, text);
}

/** All that one file imports, types too. */
export function allImports(file: string, text?: string): Import[] {
  return importsOf(file, (node) => valueSpecifier(node) ?? typeSpecifier(node), text);
}

/** Whether loading the file waits for something: an `await` outside of every function. */
export function waitsWhenLoaded(file: string, text = readFileSync(file, 'utf8')): boolean {
  const waits = (node: ts.Node): boolean | undefined =>
    !ts.isFunctionLike(node) && (ts.isAwaitExpression(node) || isForAwait(node) || ts.forEachChild(node, waits));
  return waits(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)) ?? false;
}

const isForAwait = (node: ts.Node): boolean => ts.isForOfStatement(node) && node.awaitModifier !== undefined;

function importsOf(
  file: string,
  specifierOf: (node: ts.Node) => string | undefined,
  text = readFileSync(file, 'utf8'),
): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier) found.push(specifier);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.map((specifier) => ({ from: file, to: targetOf(file, specifier) }));
}

function valueSpecifier(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) && node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword) {
    return textOf(node.moduleSpecifier);
  }
  if (ts.isExportDeclaration(node) && !node.isTypeOnly && node.moduleSpecifier) return textOf(node.moduleSpecifier);
  const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isDynamic && node.arguments[0] ? textOf(node.arguments[0]) : undefined;
}

/** `import type`, `export type`, and `import('...')` inside a type. */
function typeSpecifier(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) return textOf(node.moduleSpecifier);
  return ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined;
}

const textOf = (node: ts.Node): string | undefined => (ts.isStringLiteralLike(node) ? node.text : undefined);

// `react-dom/server` counts as `react-dom`, `@temporalio/common/lib/x` as `@temporalio/common`.
function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return normalize(join(file, '..', specifier));
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope.startsWith('node:') ? specifier : scope;
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

const isTypeScript = (file: string) => /\.tsx?$/.test(file);
