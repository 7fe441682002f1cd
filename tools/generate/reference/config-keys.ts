import ts from 'typescript';
import { projectOf, type SourceFile } from '../source-file.js';
import { commentOf, declaredIn, parse } from './typescript-source.js';

export interface ConfigKey {
  readonly name: string;
  readonly comment: string;
  readonly secret: 'text' | 'key' | undefined;
  /** As the source states it. */
  readonly byDefault: string | undefined;
  /** May be left out although it has no default. */
  readonly optional: boolean;
}

export interface ConfigSection {
  readonly project: string;
  /** Of the constant that holds the schema. */
  readonly name: string;
  readonly keys: readonly ConfigKey[];
}

/** The exported zod objects of config files, read as text: a default may depend on the machine that runs them. */
export function configSections(files: readonly SourceFile[]): readonly ConfigSection[] {
  return files.flatMap((file) => sectionsOf(projectOf(file.path), parse(file)));
}

function sectionsOf(project: string, source: ts.SourceFile): readonly ConfigSection[] {
  const declarations = source.statements.filter(ts.isVariableStatement).flatMap((statement) => {
    const exported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return exported ? [...statement.declarationList.declarations] : [];
  });
  return declarations.flatMap((declaration) => {
    const shape = shapeOf(declaration.initializer);
    return shape ? [{ project, name: declaration.name.getText(source), keys: keysOf(shape, source) }] : [];
  });
}

/** The `{ … }` of `z.object({ … })`, also below the checks of the whole. */
function shapeOf(initializer: ts.Expression | undefined): ts.ObjectLiteralExpression | undefined {
  if (!initializer || !ts.isCallExpression(initializer)) return undefined;
  const { expression: called, arguments: given } = initializer;
  if (!ts.isPropertyAccessExpression(called)) return undefined;
  const [shape] = given;
  const isObject = called.name.text === 'object' && called.expression.getText() === 'z';
  if (isObject) return shape && ts.isObjectLiteralExpression(shape) ? shape : undefined;
  return shapeOf(called.expression);
}

function keysOf(shape: ts.ObjectLiteralExpression, source: ts.SourceFile): readonly ConfigKey[] {
  return shape.properties.filter(ts.isPropertyAssignment).map((property) => {
    const schema = property.initializer.getText(source);
    return {
      name: property.name.getText(source),
      comment: commentOf(property, source),
      secret: schema.startsWith('secretKey(') ? 'key' : schema.startsWith('secretText(') ? 'text' : undefined,
      byDefault: defaultOf(property.initializer, source),
      optional: schema.endsWith('.optional()'),
    };
  });
}

function defaultOf(schema: ts.Expression, source: ts.SourceFile): string | undefined {
  if (!ts.isCallExpression(schema) || !ts.isPropertyAccessExpression(schema.expression)) return undefined;
  const [argument] = schema.arguments;
  if (schema.expression.name.text === 'default' && argument) return textOf(argument, source);
  return defaultOf(schema.expression.expression, source);
}

/** A constant with a comment speaks for itself: its value may differ from machine to machine. */
function textOf(value: ts.Expression, source: ts.SourceFile): string {
  if (ts.isStringLiteral(value)) return value.text;
  if (ts.isNumericLiteral(value)) return value.getText(source).replaceAll('_', '');
  const declaration = ts.isIdentifier(value) ? declaredIn(source, value.text) : undefined;
  return (declaration && commentOf(declaration, source)) || value.getText(source);
}
