import { OperatorApp } from '../../laptop/tour/operator-app.js';
import type { SpawnedPlatform } from '../../laptop/spawn-platform.js';
import { syntheticMsisdn } from '../../laptop/synthetic-numbers.js';
import { enrolNewPerson, type Face } from '../pipeline/subjects.js';

/** Approved cases are made a few at a time: this is preparation, not load. */
const PREPARED_AT_ONCE = 4;

/** Everything that the requests of one window use up, made before it opens. */
export interface Stock {
  /** Of enrolled people without a case. */
  readonly newcomers: Subject[];
  /** Cases to activate. */
  readonly approvedIds: string[];
  readonly readableId: string;
}

export async function prepareStock(
  platform: SpawnedPlatform,
  faces: readonly Face[],
  counts: { readonly newCases: number; readonly activations: number },
): Promise<Stock> {
  const subjects = await enrolMany(platform, faces, counts.newCases + counts.activations + 1);
  const approvedIds: string[] = [];
  const waiting = subjects.splice(0, counts.activations + 1);
  const caller = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      approvedIds.push(await approvedCase(platform, next));
    }
  };
  await Promise.all(Array.from({ length: PREPARED_AT_ONCE }, caller));
  return { newcomers: subjects, approvedIds, readableId: take(approvedIds) };
}

/** The stock was made for the window: running out of it is a defect of the benchmark. */
export function take<T>(stock: T[]): T {
  const next = stock.pop();
  if (next === undefined) throw new Error('more requests than were prepared');
  return next;
}

interface Subject {
  readonly nik: string;
  readonly face: Face;
}

export async function enrolMany(
  platform: SpawnedPlatform,
  faces: readonly Face[],
  count: number,
): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (let index = 0; index < count; index += 1) {
    const face = faces[index % faces.length];
    if (face) subjects.push({ nik: await enrolNewPerson(platform, face), face });
  }
  return subjects;
}

export async function approvedCase(platform: SpawnedPlatform, { nik, face }: Subject): Promise<string> {
  const submission = { nik, msisdn: syntheticMsisdn(), image: face.image };
  const { id, status } = await new OperatorApp(platform).verify(submission);
  if (status !== 'approved') throw new Error(`a verification before the window ended ${status}`);
  return id;
}
