import { ServiceError } from '@absah/domain-kit';
import { toProblem } from '@absah/service-kit';
import { generatedPage, markdownTable } from '../markdown-table.js';
import type { ProblemCode } from './problem-codes.js';

const INTRO =
  'Clients switch on `code`, which is stable; titles may be reworded. Over HTTP a code comes as RFC 9457 problem ' +
  'details with the status below. In a message handler the kind decides: `invalid` and `denied` go to the dead ' +
  'letters at once, the others are tried again first.';

export function problemCodesReference(codes: readonly ProblemCode[]): string {
  const byProject = Map.groupBy(codes, ({ project }) => project);
  const sections = [...byProject].flatMap(([project, own]) => [
    `## ${project}`,
    markdownTable(['code', 'kind', 'HTTP', 'meaning', 'what to do'], own.sort(byCode).map(row)),
  ]);
  return generatedPage('Problem codes', [INTRO, ...sections]);
}

function row(code: ProblemCode): readonly string[] {
  return [`\`${code.code}\``, code.kind, String(statusOf(code)), code.title, code.nextStep ?? ''];
}

/** Asked of the code that answers, so that the page cannot promise another status. */
function statusOf({ kind, code, title, httpStatus }: ProblemCode): number {
  const details = httpStatus === undefined ? {} : { httpStatus };
  return toProblem(new ServiceError(kind, code, title, { details })).problem.status;
}

function byCode(one: ProblemCode, other: ProblemCode): number {
  return one.code < other.code ? -1 : 1;
}
