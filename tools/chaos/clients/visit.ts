import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedVisit } from '../plan/plan.js';
import type { VisitKind } from '../plan/visit-kinds.js';
import { isOpen, type ClientBook } from './client-book.js';
import type { OperatorLine, Reply, Submission } from './operator-line.js';

const ASK_AGAIN_MS = 500;
const WAIT_SECONDS = 3;
const ACTIVATES: ReadonlySet<VisitKind> = new Set(['activated', 'deactivated', 'fourth-sim', 'parked']);

export interface Counter {
  readonly line: OperatorLine;
  readonly book: ClientBook;
  /** Closing time: whoever still waits for an answer goes without it. */
  readonly closing: AbortSignal;
}

/** One person at the counter, from the picture to the SIM, with a clerk who does not give up. */
export async function visit(counter: Counter, planned: PlannedVisit, submission: Submission): Promise<void> {
  const { book } = counter;
  const { id } = submission;
  book.sends({ id, kind: planned.kind, person: planned.person });
  const reply = await submit(counter, submission, planned.waits ? WAIT_SECONDS : 0);
  if (reply.kind === 'refused') return book.isRefused(id, reply.code);
  if (reply.kind === 'unanswered') return;
  const caseId = reply.view.id;
  book.isAccepted(id, caseId);
  book.hears(id, reply.view.status);
  const status = isOpen(reply.view.status) ? await decision(counter, id, caseId) : reply.view.status;
  if (status !== 'approved' || !ACTIVATES.has(planned.kind)) return;
  const isActivated = await takeStep(counter, id, caseId, 'activation');
  if (isActivated && planned.kind === 'deactivated') await takeStep(counter, id, caseId, 'deactivation');
}

/** The same request, until somebody answers. */
async function submit(
  { line, book, closing }: Counter,
  submission: Submission,
  waitSeconds: number,
): Promise<Reply> {
  let letter = await line.write(submission);
  while (!closing.aborted) {
    const reply = letter && (await line.submit(letter, waitSeconds));
    if (reply && reply.kind !== 'unanswered') return reply;
    if (reply?.code !== undefined) book.isPutOff(submission.id, reply.code);
    await patience(reply);
    letter ??= await line.write(submission);
  }
  return { kind: 'unanswered' };
}

/** As long as the platform asks for, so that those who are put off do not keep it from its work. */
function patience(reply: Extract<Reply, { kind: 'unanswered' }> | undefined): Promise<void> {
  return sleep(Math.max(ASK_AGAIN_MS, reply?.retryAfterMs ?? 0));
}

async function decision(counter: Counter, id: string, caseId: string): Promise<string | undefined> {
  while (!counter.closing.aborted) {
    await sleep(ASK_AGAIN_MS);
    const reply = await counter.line.read(caseId);
    if (reply.kind !== 'view') continue;
    counter.book.hears(id, reply.view.status);
    if (!isOpen(reply.view.status)) return reply.view.status;
  }
  return undefined;
}

async function takeStep(
  { line, book, closing }: Counter,
  id: string,
  caseId: string,
  step: 'activation' | 'deactivation',
): Promise<boolean> {
  book.step(id, step, 'asked');
  while (!closing.aborted) {
    const reply: Reply = await line.ask(caseId, step);
    if (reply.kind === 'refused') {
      book.step(id, step, 'refused');
      return false;
    }
    if (reply.kind === 'view') {
      book.step(id, step, 'told');
      book.hears(id, reply.view.status);
      return true;
    }
    await patience(reply);
  }
  return false;
}
