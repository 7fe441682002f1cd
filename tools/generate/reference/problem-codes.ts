import type { ErrorKind } from '@absah/domain-kit';
import ts from 'typescript';
import { projectOf, type SourceFile } from '../source-file.js';
import { literalsOf, parse, visit, wordsOf } from './typescript-source.js';

export interface ProblemCode {
  readonly code: string;
  readonly project: string;
  readonly kind: ErrorKind;
  readonly title: string;
  readonly nextStep: string | undefined;
  /** Where it is not the usual one of the kind. */
  readonly httpStatus: number | undefined;
}

const CODE = /^[A-Z_]+\.[A-Z0-9_]+$/;

/** Every code that sources can answer with, read as text: most are made only when something goes wrong. */
export function problemCodes(files: readonly SourceFile[]): readonly ProblemCode[] {
  return files
    .filter(({ path }) => !path.endsWith('.spec.ts'))
    .flatMap((file) => {
      const found: ProblemCode[] = [];
      visit(parse(file), (node) => {
        const definition = thrown(node) ?? tabulated(node) ?? answered(node);
        if (definition) found.push({ project: projectOf(file.path), ...definition });
      });
      return found;
    });
}

type Definition = Omit<ProblemCode, 'project'>;

/** `new ServiceError(kind, code, title, { nextStep })`, or `super(…)` of a class that extends it. */
function thrown(node: ts.Node): Definition | undefined {
  if (!isServiceErrorCall(node)) return undefined;
  const [kind, code, title, options] = node.arguments ?? [];
  if (!kind || !code || !ts.isStringLiteral(kind) || !ts.isStringLiteral(code)) return undefined;
  return {
    code: code.text,
    kind: kind.text as ErrorKind,
    title: (title && wordsOf(title)) ?? '',
    nextStep: literalsOf(options)['nextStep'],
    httpStatus: undefined,
  };
}

function isServiceErrorCall(node: ts.Node): node is ts.NewExpression | ts.CallExpression {
  if (ts.isNewExpression(node)) return node.expression.getText() === 'ServiceError';
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.SuperKeyword) return false;
  const owner = ts.findAncestor(node, ts.isClassLike);
  return owner?.heritageClauses?.some((clause) => clause.getText() === 'extends ServiceError') ?? false;
}

/** A row `'SERVICE.CODE': { kind, title, nextStep }` of a table of refusals. */
function tabulated(node: ts.Node): Definition | undefined {
  if (!ts.isPropertyAssignment(node) || !ts.isStringLiteral(node.name)) return undefined;
  const { kind, title, nextStep, httpStatus } = literalsOf(node.initializer);
  if (!CODE.test(node.name.text) || !kind || !title) return undefined;
  const code = node.name.text;
  return {
    code,
    kind: kind as ErrorKind,
    title,
    nextStep,
    httpStatus: httpStatus ? Number(httpStatus) : undefined,
  };
}

/** A problem `{ code, title, nextStep }` that is answered, or put beside a dead letter, without a ServiceError. */
function answered(node: ts.Node): Definition | undefined {
  const { code, kind, title, message, reason, nextStep, status } = literalsOf(node);
  const meaning = title ?? message ?? reason;
  if (!code || !meaning || !CODE.test(code)) return undefined;
  const httpStatus = status ? Number(status) : statusAbove(node);
  return {
    code,
    kind: (kind as ErrorKind | undefined) ?? kindOf(httpStatus),
    title: meaning,
    nextStep,
    httpStatus,
  };
}

/** The `404` of `404: { … }`. */
function statusAbove({ parent }: ts.Node): number | undefined {
  return ts.isPropertyAssignment(parent) && ts.isNumericLiteral(parent.name)
    ? Number(parent.name.text)
    : undefined;
}

function kindOf(httpStatus = 500): ErrorKind {
  if (httpStatus >= 500) return 'internal';
  return httpStatus === 404 ? 'missing' : 'invalid';
}
