import { randomInt } from 'node:crypto';
import { prepareFaces, type Face } from '../../bench/pipeline/subjects.js';
import { syntheticNik } from '../../laptop/synthetic-numbers.js';
import { blurred, carriedAround } from '../../samples/index.js';
import type { ChaosPlan, PlannedVisit } from '../plan/plan.js';
import { allotNumbers } from './allot-numbers.js';
import type { Submission } from './operator-line.js';
import type { RegistryScript } from './registry-script.js';

const FRAMES = 6;
/** Consent is given before the visit; each visit's moment is its own. */
const CONSENT_BEFORE_MS = 3_600_000;
const NUMBERS_BEGIN_BELOW = 10_000_000;

interface Person {
  readonly nik: string;
  readonly known: PromiseWithResolvers<void>;
}

/** The people of a plan, with numbers made for this run, and what each shows at the counter. */
export class People {
  readonly #people = new Map<number, Person>();
  readonly #consentsFrom = Date.now() - CONSENT_BEFORE_MS;
  readonly #numbers: readonly string[];

  private constructor(
    private readonly faces: readonly Face[],
    private readonly blurred: Uint8Array,
    private readonly frames: readonly Uint8Array[],
    plan: ChaosPlan,
  ) {
    this.#numbers = allotNumbers(plan.visits, randomInt(NUMBERS_BEGIN_BELOW));
    const niks = new Set<string>();
    for (const { person } of plan.visits) {
      if (this.#people.has(person)) continue;
      const nik = unlike(niks);
      niks.add(nik);
      this.#people.set(person, { nik, known: Promise.withResolvers() });
    }
  }

  static async of(plan: ChaosPlan, modelsDir: string): Promise<People> {
    const faces = await prepareFaces(modelsDir);
    const her = faceOf(faces, 0).image;
    return new People(faces, await blurred(her), await carriedAround(her, FRAMES), plan);
  }

  /** In the order in which they will come; the registry may be down meanwhile. */
  async enrolAll(plan: ChaosPlan, script: RegistryScript): Promise<void> {
    const strangers = new Set(
      plan.visits.filter(({ kind }) => kind === 'unknown-nik').map(({ person }) => person),
    );
    for (const [person, { nik, known }] of this.#people) {
      if (!strangers.has(person)) await script.enrol(nik, faceOf(this.faces, person).template);
      known.resolve();
    }
  }

  /** Resolves when the registry has heard of whoever it shall know. */
  async isKnown(person: number): Promise<void> {
    await this.#person(person).known.promise;
  }

  /** `index` is the place of the visit in the plan. */
  submissionOf({ kind, person }: PlannedVisit, index: number): Submission {
    const genuine: Submission = {
      id: new Date(this.#consentsFrom + index).toISOString(),
      nik: this.#person(person).nik,
      msisdn: this.#numberOf(index),
      image: faceOf(this.faces, person).image,
      frames: [],
    };
    if (kind === 'mismatch') return { ...genuine, image: faceOf(this.faces, person + 1).image };
    if (kind === 'attack') return { ...genuine, frames: this.frames };
    if (kind === 'retake') return { ...genuine, image: this.blurred };
    if (kind !== 'malformed') return genuine;
    return index % 2 === 0
      ? { ...genuine, image: Buffer.from('This is not a picture.') }
      : { ...genuine, nik: `${genuine.nik}0` };
  }

  #numberOf(index: number): string {
    const number = this.#numbers[index];
    if (number === undefined) throw new Error(`nobody makes visit ${index}`);
    return number;
  }

  #person(number: number): Person {
    const person = this.#people.get(number);
    if (!person) throw new Error(`nobody is person ${number}`);
    return person;
  }
}

function unlike(niks: ReadonlySet<string>): string {
  let nik = syntheticNik();
  while (niks.has(nik)) nik = syntheticNik();
  return nik;
}

/** Two photographs of one woman come first; of the others there is one each. */
function faceOf(faces: readonly Face[], person: number): Face {
  const others = faces.slice(1);
  const face = others[person % others.length];
  if (!face) throw new Error('there are no sample faces');
  return face;
}
