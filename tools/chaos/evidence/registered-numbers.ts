import { z } from 'zod';
import type { Platform } from '../../laptop/platform.js';
import { SHOWN_LAST } from '../clients/allot-numbers.js';
import type { PlannedVisit } from '../plan/plan.js';
import type { CaseRecord } from './evidence.js';

interface Registered {
  readonly registrations: readonly string[];
  readonly foreignRegistrations: number;
}

interface Visitor {
  readonly requestId: string;
  readonly nik: string;
  readonly msisdn: string;
  readonly person: PlannedVisit['person'];
}

const found = z.object({ rows: z.array(z.object({ phone: z.string() })) });

/** Which numbers the registry got, by the masked search that its own staff have. */
export class RegisteredNumbers {
  readonly #visitors: ReadonlyMap<string, Visitor>;
  readonly #byPerson: ReadonlyMap<number, readonly Visitor[]>;

  constructor(
    private readonly platform: Pick<Platform, 'urls' | 'secrets'>,
    visitors: readonly Visitor[],
  ) {
    this.#visitors = new Map(visitors.map((visitor) => [visitor.requestId, visitor]));
    this.#byPerson = Map.groupBy(visitors, ({ person }) => person);
    for (const [person, comings] of this.#byPerson)
      if (new Set(comings.map(shownOf)).size < comings.length)
        throw new RangeError(`the numbers of person ${person} look alike`);
  }

  /** Of everybody who has a case. */
  async read(cases: readonly Pick<CaseRecord, 'requestId'>[]): Promise<Registered> {
    const people = new Set(cases.flatMap(({ requestId }) => this.#visitors.get(requestId)?.person ?? []));
    const registrations: string[] = [];
    let foreignRegistrations = 0;
    for (const person of people) {
      const comings = this.#byPerson.get(person) ?? [];
      const nik = comings[0]?.nik;
      for (const phone of nik === undefined ? [] : await this.#numbersOf(nik)) {
        const owner = comings.find((visitor) => shownOf(visitor) === phone.slice(-SHOWN_LAST));
        if (owner) registrations.push(owner.requestId);
        else foreignRegistrations += 1;
      }
    }
    return { registrations, foreignRegistrations };
  }

  async #numbersOf(nik: string): Promise<readonly string[]> {
    const { urls, secrets } = this.platform;
    const response = await fetch(`${urls['dukcapil-sandbox']}/sandbox/v1/balikan/search`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${secrets['sandbox-admin-token']}`,
      },
      body: JSON.stringify({ nik }),
    });
    if (!response.ok) throw new Error(`the sandbox answered ${response.status}`);
    return found.parse(await response.json()).rows.map(({ phone }) => phone);
  }
}

function shownOf({ msisdn }: Visitor): string {
  return msisdn.slice(-SHOWN_LAST);
}
