import { setTimeout as sleep } from 'node:timers/promises';
import {
  CaptureAttackSuspectedV1,
  CONSUMES,
  EVENT_STREAM,
  FaceLostV1,
  IdentityMatchedV1,
  IdentityMismatchedV1,
  IdentityRefusedV1,
  SlotRefusedV1,
  SlotReservedV1,
  type EventContract,
  type VerificationView,
} from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { sampleEvent, waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed, type Submitted } from './intake-bed.js';
import { formOf, type IntakeClient } from './intake-client.js';

const matchOf = ({ caseId, subjectRef }: Submitted) => sampleEvent(IdentityMatchedV1, { caseId, subjectRef });

const mismatchOf = ({ caseId, subjectRef }: Submitted) =>
  sampleEvent(IdentityMismatchedV1, { caseId, subjectRef });

const reservationOf = ({ caseId, subjectRef }: Submitted) =>
  sampleEvent(SlotReservedV1, { caseId, subjectRef });

describe('facts from other services, with two replicas', () => {
  let bed: IntakeBed;
  let clients: IntakeClient[];

  beforeAll(async () => {
    bed = await IntakeBed.open();
    clients = await Promise.all([bed.startClient(), bed.startClient()]);
  });
  afterAll(() => bed?.service.close());

  async function openCase(client = clients[0]!): Promise<Submitted> {
    return bed.submission((await client.submit()).body);
  }

  async function settled(
    { caseId }: Submitted,
    status: VerificationView['status'],
  ): Promise<VerificationView> {
    return waitFor(
      async () => {
        const { body } = await clients[0]!.read(caseId);
        return body.status === status && body;
      },
      { description: `the case to be ${status}` },
    );
  }

  /** Every message published so far was handled and what it caused was heard. */
  async function quiet(inboxRows: number): Promise<void> {
    await waitFor(async () => (await bed.countOf('inbox')) >= inboxRows, {
      description: 'all facts to be taken',
    });
    await bed.service.announced();
  }

  it('hears all that the contracts say it hears', async () => {
    const heard = CONSUMES['capture-intake'] as readonly EventContract[];
    const filters: string[] = [];
    for await (const consumer of bed.bus.manager.consumers.list(EVENT_STREAM))
      filters.push(consumer.config.filter_subject!);
    expect(filters.sort()).toEqual(heard.map(({ subject }) => subject).sort());
  });

  it.each([
    [
      'an attack',
      CaptureAttackSuspectedV1,
      { livenessScore: 0.1, modelChain: 'm' },
      'rejected',
      'presentation-attack',
    ],
    ['a lost face', FaceLostV1, { reasons: ['capture-expired'] }, 'retake', 'capture-expired'],
    [
      'a mismatch',
      IdentityMismatchedV1,
      { transactionId: uuidV7(), matchScore: 0.2 },
      'rejected',
      'face-mismatch',
    ],
    [
      'an unknown NIK',
      IdentityRefusedV1,
      { transactionId: uuidV7(), registryCode: '14', reason: 'nik-not-found' },
      'rejected',
      'nik-not-found',
    ],
    ['a full quota', SlotRefusedV1, { reason: 'cap-reached', cap: 3 }, 'rejected', 'quota-cap-reached'],
  ] as const)('%s ends the case', async (_, contract, facts, status, reason) => {
    const submitted = await openCase();
    const { caseId, captureId, subjectRef } = submitted;
    const names =
      'captureId' in contract.payload.shape ? { caseId, captureId, subjectRef } : { caseId, subjectRef };
    const announced: EventContract = contract;
    await bed.bus.publish(announced, { ...names, ...facts });
    const view = await settled(submitted, status);
    expect(view.reasons).toEqual([
      { code: reason, advice: { id: expect.any(String), en: expect.any(String) } },
    ]);
    await waitFor(() => bed.decisionsOn(caseId).length > 0, { description: 'the decision' });
    expect(bed.decisionsOn(caseId)).toMatchObject([
      { decision: status, reasons: [reason], operatorId: 'operator-a' },
    ]);
  });

  it('a match alone and a slot alone approve nothing', async () => {
    const [matched, reserved] = [await openCase(), await openCase()];
    const before = await bed.countOf('inbox');
    await bed.bus.publish(IdentityMatchedV1, matchOf(matched));
    await bed.bus.publish(SlotReservedV1, reservationOf(reserved));
    await quiet(before + 2);
    expect(bed.decisionsOn(matched.caseId)).toEqual([]);
    expect(bed.decisionsOn(reserved.caseId)).toEqual([]);
    expect((await clients[1]!.read(reserved.caseId)).body.status).toBe('processing');
  });

  it('racing facts are all recorded, and every case is decided once', async () => {
    const cases = await Promise.all(Array.from({ length: 24 }, (_, i) => openCase(clients[i % 2])));
    const before = await bed.countOf('inbox');
    await Promise.all(
      cases.flatMap((one) => [
        bed.bus.publish(IdentityMatchedV1, matchOf(one)),
        bed.bus.publish(SlotReservedV1, reservationOf(one)),
      ]),
    );
    await quiet(before + 2 * cases.length);
    for (const one of cases) await settled(one, 'approved');
    await waitFor(() => cases.every((one) => bed.decisionsOn(one.caseId).length > 0), {
      description: 'decisions',
    });
    expect(cases.map((one) => bed.decisionsOn(one.caseId).length)).toEqual(cases.map(() => 1));
  });

  it('of contradicting facts that race, one decides', async () => {
    const cases = await Promise.all(Array.from({ length: 12 }, () => openCase()));
    const before = await bed.countOf('inbox');
    await Promise.all(
      cases.flatMap((one) => {
        const { caseId, subjectRef } = one;
        return [
          bed.bus.publish(IdentityMismatchedV1, mismatchOf(one)),
          bed.bus.publish(SlotRefusedV1, { caseId, subjectRef, reason: 'cap-reached', cap: 3 }),
        ];
      }),
    );
    await quiet(before + 2 * cases.length);
    expect(cases.map((one) => bed.decisionsOn(one.caseId).length)).toEqual(cases.map(() => 1));
  });

  it('a fact that is delivered twice has one effect', async () => {
    const windowMs = 100;
    await bed.forgetMessageIdsAfter(windowMs);
    const submitted = await openCase();
    const messageId = uuidV7();
    const fact = matchOf(submitted);
    const before = { copies: await bed.streamed(IdentityMatchedV1), taken: await bed.countOf('inbox') };
    await bed.bus.publish(IdentityMatchedV1, fact, { messageId });
    await sleep(windowMs * 3);
    await bed.bus.publish(IdentityMatchedV1, { ...fact, matchScore: 0.99 }, { messageId });
    expect(await bed.streamed(IdentityMatchedV1)).toBe(before.copies + 2);
    await bed.bus.publish(SlotReservedV1, reservationOf(submitted));
    await quiet(before.taken + 2);
    expect(await settled(submitted, 'approved')).toMatchObject({ matchScore: 0.97 });
    expect(bed.decisionsOn(submitted.caseId)).toHaveLength(1);
    const rows = await bed.service.rows('SELECT 1 FROM inbox WHERE message_id = $1', messageId);
    expect(rows).toHaveLength(1);
  });

  it('a decision made by the other replica answers the waiting request', async () => {
    const known = bed.submitted().length;
    const answers = clients.map((client) => client.submit(formOf(), 5));
    await waitFor(() => bed.submitted().length === known + 2, { description: 'both announcements' });
    const started = Date.now();
    for (const one of bed.submitted().slice(known)) {
      await bed.bus.publish(IdentityMismatchedV1, mismatchOf(one));
    }
    for (const answer of answers)
      expect(await answer).toMatchObject({ status: 201, body: { status: 'rejected' } });
    expect(Date.now() - started).toBeLessThan(3000);
  });

  it('a fact about a case that this database does not have is kept for a retry', async () => {
    const caseId = uuidV7();
    const messageId = uuidV7();
    const payload = { caseId, subjectRef: 'a'.repeat(64), reason: 'cap-reached', cap: 3 } as const;
    await bed.bus.publish(SlotRefusedV1, payload, { messageId });
    await waitFor(() => bed.service.logged.some((line) => line.includes('INTAKE.CASE_UNKNOWN')), {
      description: 'the failed delivery',
    });
    const taken = await bed.service.rows('SELECT 1 FROM inbox WHERE message_id = $1', messageId);
    expect(taken).toEqual([]);
    expect(bed.decisionsOn(caseId)).toEqual([]);
  });
});
