import ts from 'typescript';
import type { SourceFile } from '../source-file.js';

export function parse({ path, text }: SourceFile): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/** The text of the comment before a node, without its stars. */
export function commentOf(node: ts.Node, source: ts.SourceFile): string {
  const text = source.getFullText();
  const ranges = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  return ranges
    .map(({ pos, end }) => text.slice(pos, end).replaceAll(/^\/\*\*?|\s*\*\/$|^\s*\* ?|^\/\/ ?/gm, ''))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** The statement that declares a constant of the file. */
export function declaredIn(source: ts.SourceFile, name: string): ts.VariableStatement | undefined {
  return source.statements
    .filter(ts.isVariableStatement)
    .find(({ declarationList }) =>
      declarationList.declarations.some((declared) => declared.name.getText() === name),
    );
}

export function visit(node: ts.Node, visitor: (node: ts.Node) => void): void {
  visitor(node);
  node.forEachChild((child) => visit(child, visitor));
}

/** What a literal says; a template with the names of what it is filled with, `{scope} is unknown`. */
export function wordsOf(value: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(value) || ts.isNumericLiteral(value)) return value.text;
  if (!ts.isTemplateExpression(value)) return undefined;
  const spans = value.templateSpans.map(
    ({ expression, literal }) => `{${nameOf(expression)}}${literal.text}`,
  );
  return value.head.text + spans.join('');
}

/** `this.contract.name` → `contract.name`, `problems.join('; ')` → `problems` */
function nameOf(expression: ts.Expression): string {
  return expression
    .getText()
    .replace(/^this\./, '')
    .replace(/\.\w+\([^]*$/, '');
}

/** What the properties of an object say, by name. */
export function literalsOf(node: ts.Node | undefined): Readonly<Record<string, string | undefined>> {
  if (!node || !ts.isObjectLiteralExpression(node)) return {};
  const properties = node.properties.filter(ts.isPropertyAssignment);
  return Object.fromEntries(
    properties.map(({ name, initializer }) => [name.getText(), wordsOf(initializer)]),
  );
}
