import { createHash } from 'node:crypto';
import {
  CaptureRetakeRequestedV1,
  IdentityMatchedV1,
  IdentityParkedV1,
  SimActivatedV1,
  SlotReleasedV1,
  SlotReservedV1,
  type Problem,
} from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { sampleEvent, waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed, type Submitted } from './intake-bed.js';
import { formOf, goodRequest, type IntakeClient } from './intake-client.js';
import { goodPicture } from './pictures.js';

describe('a verification', () => {
  let bed: IntakeBed;
  let client: IntakeClient;

  beforeAll(async () => {
    bed = await IntakeBed.open();
    client = await bed.startClient();
  });
  afterAll(() => bed?.service.close());

  async function match({ caseId, subjectRef }: Submitted, timeline: string): Promise<void> {
    const payload = sampleEvent(IdentityMatchedV1, { caseId, subjectRef });
    await bed.bus.publish(IdentityMatchedV1, payload, { timeline });
  }

  async function reserve({ caseId, subjectRef }: Submitted, timeline: string): Promise<void> {
    const payload = sampleEvent(SlotReservedV1, { caseId, subjectRef });
    await bed.bus.publish(SlotReservedV1, payload, { timeline });
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
    const stored = await bed.captures.store.get(submitted.captureId, 'image');
    expect(Buffer.from(stored!).equals(goodPicture)).toBe(true);
    const everything = JSON.stringify(await bed.service.rows('SELECT c, o FROM cases c, outbox o'));
    for (const place of [everything, bed.service.logged.join()]) {
      expect(place).not.toContain(goodRequest.nik);
      expect(place).not.toContain('81200000001');
    }
  });

  it('answers with the decision when it comes in time, and says how long each stage took', async () => {
    const coming = bed.nextSubmission();
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
    const coming = bed.nextSubmission();
    const answer = client.submit(formOf(), 8);
    const { caseId, subjectRef } = await coming;
    const retryAt = new Date().toISOString();
    await bed.bus.publish(IdentityParkedV1, { caseId, subjectRef, cause: 'unreachable', retryAt });
    expect(await answer).toMatchObject({
      status: 202,
      body: { status: 'parked', reasons: [{ code: 'registry-unavailable' }] },
    });
  });

  it('tells the person what to do about a bad picture', async () => {
    const coming = bed.nextSubmission();
    const answer = client.submit(formOf(), 3);
    const { caseId, captureId, subjectRef } = await coming;
    await bed.bus.publish(CaptureRetakeRequestedV1, { caseId, captureId, subjectRef, reasons: ['blurred'] });
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
    await bed.service.rows('ALTER TABLE cases RENAME TO cases_away');
    const answer = await client
      .post(formOf())
      .finally(() => bed.service.rows('ALTER TABLE cases_away RENAME TO cases'));
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
    const { id } = await bed.approvedCase(client);
    const answers = await Promise.all([client.activate(id), client.activate(id), client.activate(id)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.activatedAt)).size).toBe(1);
    await bed.bus.hears(SimActivatedV1, id);
    expect(await bed.announced(id, SimActivatedV1)).toBe(1);
    expect(bed.bus.payloadsOf(SimActivatedV1)).toEqual([
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

    const { id } = await bed.approvedCase(client);
    const { subjectRef } = bed.submitted().find(({ caseId }) => caseId === id)!;
    const [held] = await bed.service.rows<{ reservationId: string }>(
      'SELECT reservation_id AS "reservationId" FROM cases WHERE id = $1',
      id,
    );
    await bed.bus.publish(SlotReleasedV1, { caseId: id, subjectRef, ...held!, cause: 'expired' });
    await waitFor(async () => (await client.read(id)).body.status === 'expired', {
      description: 'the expiry',
    });
    expect((await client.activate(id)).status).toBe(409);
    expect(await bed.announced(id, SimActivatedV1)).toBe(0);
  });

  it('says until when it is activated, for as long as that matters', async () => {
    const before = Date.now();
    const approved = await bed.approvedCase(client, 900_000);
    expect(Date.parse(approved.activateBy!)).toBeGreaterThanOrEqual(before + 900_000);
    expect((await client.activate(approved.id)).body).not.toHaveProperty('activateBy');
  });

  it('is not activated once its reservation is over, though the slot is not given back yet (Q2)', async () => {
    const { id } = await bed.approvedCase(client, 0);
    expect(await client.activate<Problem>(id)).toMatchObject({
      status: 409,
      body: { code: 'INTAKE.RESERVATION_EXPIRED', nextStep: 'Start a new verification.' },
    });
    expect((await client.read(id)).body.status).toBe('approved');
    expect(await bed.announced(id, SimActivatedV1)).toBe(0);
  });

  it('that is activated stays so when its reservation is over (Q2)', async () => {
    const { id } = await bed.approvedCase(client);
    const { body } = await client.activate(id);
    await bed.service.rows('UPDATE cases SET reservation_expires_at = now() WHERE id = $1', id);
    expect(await client.activate(id)).toMatchObject({ status: 200, body });
  });
});
