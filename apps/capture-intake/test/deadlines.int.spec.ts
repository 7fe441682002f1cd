import { IdentityMatchedV1, IdentityParkedV1, SlotReservedV1 } from '@absah/contracts';
import { sampleEvent, waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed, type Submitted } from './intake-bed.js';
import type { IntakeClient } from './intake-client.js';

const SWEEPING = { STALE_SWEEP_INTERVAL_MS: '50' };

describe('cases that nobody says anything about any more, with two replicas', () => {
  let bed: IntakeBed;
  let client: IntakeClient;

  beforeAll(async () => {
    bed = await IntakeBed.open();
    const replicas = [bed.startClient(SWEEPING), bed.startClient(SWEEPING)] as const;
    [client] = await Promise.all(replicas);
  });
  afterAll(() => bed?.service.close());

  async function openCase(): Promise<Submitted> {
    return bed.submission((await client.submit()).body);
  }

  async function age(cases: readonly Submitted[]): Promise<void> {
    await bed.service.rows(
      `UPDATE cases SET received_at = received_at - interval '6 minutes' WHERE id = ANY($1)`,
      cases.map(({ caseId }) => caseId),
    );
  }

  async function settled({ caseId }: Submitted, status: string): Promise<void> {
    await waitFor(async () => (await client.read(caseId)).body.status === status, {
      description: `the case to be ${status}`,
    });
  }

  /** A stale case that opens now and is closed: a sweep has looked at all that was there before. */
  async function sweptOnce(): Promise<void> {
    const stale = await openCase();
    await age([stale]);
    await settled(stale, 'retake');
  }

  async function decisions({ caseId }: Submitted): Promise<readonly unknown[]> {
    await bed.service.announced();
    return bed.decisionsOn(caseId);
  }

  it('are closed as a retake, each once', async () => {
    const stale = await Promise.all(Array.from({ length: 48 }, openCase));
    await age(stale);
    for (const one of stale) await settled(one, 'retake');
    await sweptOnce();
    for (const one of stale) {
      expect(await decisions(one)).toMatchObject([{ decision: 'retake', reasons: ['capture-expired'] }]);
    }
    expect((await client.read(stale[0]!.caseId)).body).toMatchObject({
      decidedAt: expect.any(String),
      reasons: [{ code: 'capture-expired' }],
    });
  });

  it('stay closed when a fact comes late', async () => {
    const stale = await openCase();
    await age([stale]);
    await settled(stale, 'retake');
    const { caseId, subjectRef } = stale;
    const before = await bed.countOf('inbox');
    await bed.bus.publish(IdentityMatchedV1, sampleEvent(IdentityMatchedV1, { caseId, subjectRef }));
    await bed.bus.publish(SlotReservedV1, sampleEvent(SlotReservedV1, { caseId, subjectRef }));
    await waitFor(async () => (await bed.countOf('inbox')) === before + 2, { description: 'late facts' });
    expect((await client.read(caseId)).body.status).toBe('retake');
    expect(await decisions(stale)).toHaveLength(1);
  });

  it('are not those that are young, parked, or just back from a parking', async () => {
    const [young, parked, back] = [await openCase(), await openCase(), await openCase()];
    for (const { caseId, subjectRef } of [parked, back]) {
      await bed.bus.publish(IdentityParkedV1, sampleEvent(IdentityParkedV1, { caseId, subjectRef }));
    }
    await settled(parked, 'parked');
    await settled(back, 'parked');
    await age([parked, back]);
    const { caseId, subjectRef } = back;
    await bed.bus.publish(IdentityMatchedV1, sampleEvent(IdentityMatchedV1, { caseId, subjectRef }));
    await settled(back, 'processing');
    await sweptOnce();
    await settled(young, 'processing');
    await settled(parked, 'parked');
    await settled(back, 'processing');
  });
});
