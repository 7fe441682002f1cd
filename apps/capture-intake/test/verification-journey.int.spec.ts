import { createHash } from 'node:crypto';
import {
  CaptureRetakeRequestedV1,
  IdentityMatchedV1,
  IdentityParkedV1,
  SimActivatedV1,
  SlotReleasedV1,
  SlotReservedV1,
  type PayloadOf,
  type Problem,
} from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed, type Submitted } from './intake-bed.js';
import { formOf, goodRequest, type IntakeClient } from './intake-client.js';
import { goodPicture } from './pictures.js';

const reservationId = uuidV7();

describe('a verification', () => {
  let bed: IntakeBed;
  let client: IntakeClient;

  beforeAll(async () => {
    bed = await IntakeBed.open();
    client = await bed.startClient();
  });
  afterAll(() => bed?.close());

  async function match({ caseId, subjectRef }: Submitted, timeline?: string): Promise<void> {
    const payload = { caseId, subjectRef, transactionId: uuidV7(), matchScore: 0.97 };
    await bed.publish(IdentityMatchedV1, payload, timeline ? { timeline } : {});
  }

  async function reserve({ caseId, subjectRef }: Submitted, timeline?: string): Promise<void> {
    const expiresAt = new Date(Date.now() + 900_000).toISOString();
    const payload = { caseId, subjectRef, reservationId, slotNumber: 1, expiresAt };
    await bed.publish(SlotReservedV1, payload, timeline ? { timeline } : {});
  }

  /** Waits for a submission that is not known yet: the answer is not there before the decision. */
  async function nextSubmission(): Promise<Submitted> {
    const known = bed.submitted.length;
    return waitFor(() => bed.submitted[known], { description: 'the next announcement' });
  }

  async function approvedCase() {
    const { body } = await client.submit();
    const submitted = await bed.submission(body);
    await Promise.all([match(submitted), reserve(submitted)]);
    return waitFor(
      async () => {
        const { body: view } = await client.read(body.id);
        return view.status === 'approved' && view;
      },
      { description: 'the approval' },
    );
  }

  it('is accepted with an address where its decision will be', async () => {
    const { status, headers, body } = await client.submit();
    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/v1/verifications/${body.id}`);
    expect(headers.get('retry-after')).toBe('1');
    expect(headers.get('preference-applied')).toBeNull();
    expect(await client.read(body.id)).toMatchObject({
      status: 200,
      body: { id: body.id, status: 'processing' },
    });
  });

  it('is announced without the NIK, with a sealed picture that only its key opens', async () => {
    const { body } = await client.submit();
    const submitted = await bed.submission(body);
    expect(submitted).toMatchObject({
      operatorId: 'operator-a',
      consent: goodRequest.consent,
      image: {
        mediaType: 'image/jpeg',
        byteLength: goodPicture.length,
        sha256: createHash('sha256').update(goodPicture).digest('hex'),
      },
    });
    const stored = await bed.captures.get(submitted.captureId, 'image');
    expect(Buffer.from(stored!).equals(goodPicture)).toBe(true);
    const everything = JSON.stringify(await bed.database.query('SELECT c, o FROM cases c, outbox o'));
    for (const place of [everything, bed.logged.join()]) {
      expect(place).not.toContain(goodRequest.nik);
      expect(place).not.toContain('81200000001');
    }
  });

  it('answers with the decision when it comes in time, and says how long each stage took', async () => {
    const coming = nextSubmission();
    const answer = client.submit(formOf(), 3);
    const submitted = await coming;
    const received = Date.now();
    const chain = [
      ['VerificationSubmittedV1', 10],
      ['CapturePassedV1', 110],
      ['FaceExtractedV1', 150],
      ['IdentityMatchedV1', 170],
    ] as const;
    const timeline = chain.map(([name, after]) => `${name}=${received + after}`).join(';');
    await match(submitted, timeline);
    await reserve(submitted, `${timeline};SlotReservedV1=${received + 180}`);
    const { status, headers, body } = await answer;
    expect(status).toBe(201);
    expect(headers.get('preference-applied')).toBe('wait=3');
    expect(headers.get('location')).toBe(`/v1/verifications/${submitted.caseId}`);
    expect(body).toMatchObject({
      id: submitted.caseId,
      status: 'approved',
      matchScore: 0.97,
      reasons: [],
      stagesMs: { liveness: 100, template: 40, ikd: 20, quota: 10 },
    });
    expect(Object.keys(body.stagesMs!).sort()).toEqual(
      ['decision', 'ikd', 'intake', 'liveness', 'quota', 'template'].sort(),
    );
  });

  it('answers 202 when the wait is over', async () => {
    const started = Date.now();
    const { status, body } = await client.submit(formOf(), 1);
    expect(status).toBe(202);
    expect(body.status).toBe('processing');
    expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
  });

  it('answers a parked case at once, since it will take a while', async () => {
    const coming = nextSubmission();
    const answer = client.submit(formOf(), 8);
    const { caseId, subjectRef } = await coming;
    const retryAt = new Date().toISOString();
    await bed.publish(IdentityParkedV1, { caseId, subjectRef, cause: 'unreachable', retryAt });
    expect(await answer).toMatchObject({
      status: 202,
      body: { status: 'parked', reasons: [{ code: 'registry-unavailable' }] },
    });
  });

  it('tells the person what to do about a bad picture', async () => {
    const coming = nextSubmission();
    const answer = client.submit(formOf(), 3);
    const { caseId, captureId, subjectRef } = await coming;
    await bed.publish(CaptureRetakeRequestedV1, { caseId, captureId, subjectRef, reasons: ['blurred'] });
    const { body } = await answer;
    expect(body.status).toBe('retake');
    expect(body.reasons).toEqual([
      {
        code: 'blurred',
        advice: {
          id: expect.stringContaining('kamera'),
          en: expect.stringContaining('hold the camera steady'),
        },
      },
    ]);
  });

  it('leaves no picture behind when its case cannot be stored', async () => {
    const before = await bed.traces();
    await bed.database.query('ALTER TABLE cases RENAME TO cases_away');
    const answer = await client
      .post(formOf())
      .finally(() => bed.database.query('ALTER TABLE cases_away RENAME TO cases'));
    expect(answer).toMatchObject({ status: 500, body: { code: 'SERVICE.INTERNAL' } });
    expect(await bed.traces()).toEqual(before);
  });

  it('is not there for another operator', async () => {
    const { body } = await client.submit();
    const other = client.withKey('key-of-b');
    expect(await other.read<Problem>(body.id)).toMatchObject({
      status: 404,
      body: { code: 'INTAKE.VERIFICATION_UNKNOWN' },
    });
    expect((await other.activate(body.id)).status).toBe(404);
  });

  it.each(['not-an-id', uuidV7()])('is unknown by the id %s', async (id) => {
    expect(await client.read<Problem>(id)).toMatchObject({
      status: 404,
      body: { code: 'INTAKE.VERIFICATION_UNKNOWN' },
    });
  });

  it('is activated once, however often the operator asks', async () => {
    const activations: PayloadOf<typeof SimActivatedV1>[] = [];
    bed.connection.subscribe(SimActivatedV1.subject, {
      callback: (_, message) => {
        activations.push(SimActivatedV1.payload.parse(message.json()));
      },
    });
    const { id } = await approvedCase();
    const answers = await Promise.all([client.activate(id), client.activate(id), client.activate(id)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.activatedAt)).size).toBe(1);
    await waitFor(() => activations.length > 0, { description: 'the announced activation' });
    expect(await announced(id, SimActivatedV1.subject)).toBe(1);
    expect(activations).toEqual([
      expect.objectContaining({
        caseId: id,
        operatorId: 'operator-a',
        activatedAt: answers[0].body.activatedAt,
      }),
    ]);
  });

  it('is not activated before it is approved, nor after its slot expired', async () => {
    const { body } = await client.submit();
    const early = await client.activate<Problem>(body.id);
    expect(early).toMatchObject({ status: 409, body: { code: 'INTAKE.NOT_APPROVED' } });

    const { id } = await approvedCase();
    const { subjectRef } = bed.submitted.find(({ caseId }) => caseId === id)!;
    await bed.publish(SlotReleasedV1, { caseId: id, subjectRef, reservationId, cause: 'expired' });
    await waitFor(async () => (await client.read(id)).body.status === 'expired', {
      description: 'the expiry',
    });
    expect((await client.activate(id)).status).toBe(409);
    expect(await announced(id, SimActivatedV1.subject)).toBe(0);
  });

  async function announced(caseId: string, subject: string): Promise<number> {
    const rows = await bed.database.query<unknown[]>(
      `SELECT id FROM outbox WHERE subject = $1 AND payload->>'caseId' = $2`,
      [subject, caseId],
    );
    return rows.length;
  }
});
