import { prepareFaces, type Face } from '../../bench/pipeline/subjects.js';
import type { Platform } from '../../laptop/platform.js';
import { syntheticMsisdn, syntheticNik } from '../../laptop/synthetic-numbers.js';
import { RegistryDesk } from '../../laptop/tour/registry-desk.js';
import { blurred, carriedAround } from '../../samples/index.js';
import type { ChaosPlan, PlannedVisit } from '../plan/plan.js';
import type { Submission } from './operator-line.js';

const FRAMES = 6;
const ENROLLED_AT_ONCE = 4;
/** Consent is given before the visit; each visit's moment is its own. */
const CONSENT_BEFORE_MS = 3_600_000;

/** The people of a plan, with numbers made for this run, and what each shows at the counter. */
export class People {
  readonly #niks = new Map<number, string>();
  readonly #consentsFrom = Date.now() - CONSENT_BEFORE_MS;
  readonly #firstNumber = Number(syntheticMsisdn());

  private constructor(
    private readonly faces: readonly Face[],
    private readonly blurred: Uint8Array,
    private readonly frames: readonly Uint8Array[],
    plan: ChaosPlan,
  ) {
    for (const { person } of plan.visits) if (!this.#niks.has(person)) this.#niks.set(person, syntheticNik());
  }

  static async enrol(plan: ChaosPlan, platform: Pick<Platform, 'urls' | 'secrets'>, modelsDir: string) {
    const faces = await prepareFaces(modelsDir);
    const her = faceOf(faces, 0).image;
    const people = new People(faces, await blurred(her), await carriedAround(her, FRAMES), plan);
    const desk = new RegistryDesk(platform);
    const known = new Map(
      plan.visits.filter(({ kind }) => kind !== 'unknown-nik').map((visit) => [visit.person, visit]),
    );
    const queue = [...known.keys()];
    const clerk = async (): Promise<void> => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        const { template } = faceOf(faces, next);
        await desk.enrol({ nik: people.nikOf(next), name: 'CONTOH BEBAN', template });
      }
    };
    await Promise.all(Array.from({ length: ENROLLED_AT_ONCE }, clerk));
    return people;
  }

  nikOf(person: number): string {
    const nik = this.#niks.get(person);
    if (nik === undefined) throw new Error(`nobody is person ${person}`);
    return nik;
  }

  /** `index` is the place of the visit in the plan. */
  submissionOf({ kind, person }: PlannedVisit, index: number): Submission {
    const genuine: Submission = {
      id: new Date(this.#consentsFrom + index).toISOString(),
      nik: this.nikOf(person),
      msisdn: String(this.#firstNumber + index),
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
}

/** Two photographs of one woman come first; of the others there is one each. */
function faceOf(faces: readonly Face[], person: number): Face {
  const others = faces.slice(1);
  const face = others[person % others.length];
  if (!face) throw new Error('there are no sample faces');
  return face;
}
