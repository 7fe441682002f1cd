import { verificationView } from '@absah/contracts';
import { waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enrolNewPerson, prepareFaces, type Face } from '../../tools/bench/pipeline/subjects.js';
import { RegistryDesk } from '../../tools/laptop/tour/registry-desk.js';
import { JourneyBed, START_TIMEOUT_MS } from './bed/journey-bed.js';
import { OperatorClient, type Answer } from './desks/operator-client.js';
import { scriptPerson } from './desks/script-person.js';

let bed: JourneyBed;
let client: OperatorClient;
let her: Face;

beforeAll(async () => {
  bed = await JourneyBed.open();
  client = new OperatorClient(bed.platform);
  her = (await prepareFaces(bed.platform.modelsDir))[0]!;
}, START_TIMEOUT_MS);
afterAll(() => bed?.close());

const picture = () => ({ bytes: her.image });
const viewOf = ({ body }: Answer) => verificationView.parse(body);

/** By asking its address until it says so. */
function approvalOf(id: string) {
  return waitFor(
    async () => {
      const view = await client.read(id);
      return view.status === 'approved' && view;
    },
    { description: 'the approval' },
  );
}

describe('an operator that prefers to wait', () => {
  it('gets the decision as the answer (V2)', async () => {
    const nik = await enrolNewPerson(bed.platform, her);
    const answer = await client.submit(nik, picture(), { prefer: 'wait=10' });
    const view = viewOf(answer);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('preference-applied')).toBe('wait=10');
    expect(answer.headers.get('location')).toBe(`/v1/verifications/${view.id}`);
    expect(view.status).toBe('approved');
    expect(await client.read(view.id)).toEqual(view);
  });

  it('waits no longer than it said when the registry is silent, and finds the decision later', async () => {
    const nik = await enrolNewPerson(bed.platform, her);
    await scriptPerson(bed.platform, nik, 'hang');
    const startedAt = performance.now();
    const answer = await client.submit(nik, picture(), { prefer: 'wait=1' });
    const waitedMs = performance.now() - startedAt;
    expect(answer.status).toBe(202);
    const { id, status } = viewOf(answer);
    expect(status).toBe('processing');
    expect(waitedMs).toBeGreaterThanOrEqual(1000);
    // The gateway alone would wait 2.5 s for the registry.
    expect(waitedMs).toBeLessThan(2500);
    await scriptPerson(bed.platform, nik, 'none');
    expect(await approvalOf(id)).toMatchObject({ reasons: [] });
  });
});

describe('an operator that does not wait', () => {
  it('gets an address at once, and finds the decision there (V2)', async () => {
    const nik = await enrolNewPerson(bed.platform, her);
    const answer = await client.submit(nik, picture());
    const { id, status } = viewOf(answer);
    expect({ http: answer.status, status }).toEqual({ http: 202, status: 'processing' });
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(answer.headers.get('preference-applied')).toBeNull();
    const address = answer.headers.get('location')!;
    const found = await waitFor(
      async () => {
        const view = viewOf(await client.ask(address));
        return view.status !== 'processing' && view;
      },
      { description: 'the decision' },
    );
    expect(found).toMatchObject({ id, status: 'approved' });
  });
});

describe('a verification during an outage of the registry', () => {
  it('is parked, approved by nobody, and resumes by itself when the registry is back (V9)', async () => {
    const nik = await enrolNewPerson(bed.platform, her);
    await scriptPerson(bed.platform, nik, 'outage');
    const answer = await client.submit(nik, picture(), { prefer: 'wait=10' });
    const { id, status, reasons } = viewOf(answer);
    expect({ http: answer.status, status }).toEqual({ http: 202, status: 'parked' });
    expect(reasons.map(({ code }) => code)).toEqual(['registry-unavailable']);
    expect((await client.ask(`/v1/verifications/${id}/activation`, { method: 'POST' })).status).toBe(409);
    await scriptPerson(bed.platform, nik, 'none');
    expect(await approvalOf(id)).toMatchObject({ reasons: [] });
  });
});

describe('verifications while the whole registry hangs', () => {
  const LATER = 4;
  const submitLater = async () =>
    client.submit(await enrolNewPerson(bed.platform, her), picture(), { prefer: 'wait=10' });
  const kept = (id: string) => client.read(id).then(({ status }) => status);

  it('are parked: the first at the time limit, the next ones at once; all are approved afterwards (V9)', async () => {
    const registry = new RegistryDesk(bed.platform);
    await registry.beginFault('hang', 60_000);
    try {
      const first = await Promise.all(Array.from({ length: 6 }, submitLater));
      const startedAt = performance.now();
      const later = [];
      for (let index = 0; index < LATER; index += 1) later.push(await submitLater());
      // Each of them would have waited 2.5 s for the registry.
      expect(performance.now() - startedAt).toBeLessThan(LATER * 2_000);
      const ids = [...first, ...later].map((answer) => viewOf(answer).id);
      expect(new Set([...first, ...later].map((answer) => viewOf(answer).status))).toEqual(
        new Set(['parked']),
      );
      expect(new Set(await Promise.all(ids.map(kept)))).toEqual(new Set(['parked']));
      await registry.endFault();
      for (const id of ids) expect(await approvalOf(id)).toMatchObject({ reasons: [] });
    } finally {
      await registry.endFault();
    }
  });
});

describe('somebody without an operator key', () => {
  it('sees no case', async () => {
    const nik = await enrolNewPerson(bed.platform, her);
    const { id } = await client.decide(nik, picture());
    const stranger = new OperatorClient(bed.platform, 'a-key-nobody-has');
    const answer = await stranger.ask(`/v1/verifications/${id}`);
    expect(answer).toMatchObject({ status: 401, body: { code: 'INTAKE.OPERATOR_UNAUTHENTICATED' } });
    expect(JSON.stringify(answer.body)).not.toContain('approved');
  });
});
