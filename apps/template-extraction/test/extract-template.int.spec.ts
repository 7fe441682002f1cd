import { randomUUID } from 'node:crypto';
import { compareTemplates, decodeTemplate } from '@absah/biometrics';
import { packParts } from '@absah/capture-store';
import {
  CapturePassedV1,
  CapturePurgedAfterTemplateV1,
  FaceExtractedV1,
  FaceLostV1,
  SealedTemplateV1,
} from '@absah/contracts';
import { modelManifest } from '@absah/inference';
import { waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadFaces, type Faces } from './faces.js';
import { passedFor, TemplateBed } from './template-bed.js';

const { modelChain, thresholds } = modelManifest;
const ACCEPTED_SCORE = 0.95;

let extraction: TemplateBed;
let faces: Faces;

beforeAll(async () => {
  faces = await loadFaces();
  extraction = await TemplateBed.open();
  await extraction.service.startReplica();
});

afterAll(async () => {
  await extraction?.service.close();
});

describe('template-extraction', () => {
  it('announces the template by its id, with what the next service needs (V1)', async () => {
    const { livenessScore: _, ...carried } = await extraction.pass(faces.woman);
    const { caseId } = carried;
    const { id: templateId } = await extraction.stored(caseId);
    const events = await waitFor(
      () => {
        const found = extraction.bus.payloadsOf(FaceExtractedV1, caseId);
        return found.length > 0 && found;
      },
      { description: 'the announcement' },
    );
    expect(events).toEqual([{ ...carried, templateId, modelChain }]);
  });

  it('makes templates by which a woman is known again and nobody else (V3, V6)', async () => {
    const [first, second, other] = await Promise.all(
      [faces.woman, faces.sameWoman, faces.somebodyElse].map(async (face) =>
        extraction.opened((await extraction.pass(face)).caseId),
      ),
    );
    const scoreAgainstFirst = (template: Uint8Array) =>
      compareTemplates(first!, template, thresholds.calibration).score;
    expect(scoreAgainstFirst(second!)).toBeGreaterThanOrEqual(ACCEPTED_SCORE);
    expect(scoreAgainstFirst(other!)).toBeLessThan(ACCEPTED_SCORE);
  });

  it('makes one template of two faces, nearer to each than they are to each other (V3)', async () => {
    const both = await extraction.pass(faces.woman, faces.sameWoman);
    const single = await Promise.all(
      [faces.woman, faces.sameWoman].map(async (face) =>
        extraction.opened((await extraction.pass(face)).caseId),
      ),
    );
    const average = await extraction.opened(both.caseId);
    const cosine = (one: Uint8Array, other: Uint8Array) =>
      compareTemplates(one, other, thresholds.calibration).cosine;
    expect(average).toHaveLength(single[0]!.length);
    for (const one of single) expect(cosine(average, one)).toBeGreaterThan(cosine(single[0]!, single[1]!));
  });

  describe('keeps the template sealed (A3)', () => {
    it('so that no stretch of it is readable in its row', async () => {
      const { caseId } = await extraction.pass(faces.woman);
      const plain = await extraction.opened(caseId);
      const { sealed } = await extraction.stored(caseId);
      expect(decodeTemplate(plain).embedding).toHaveLength(512);
      const stretches = Array.from({ length: plain.length - 8 }, (_, start) =>
        plain.subarray(start, start + 8),
      );
      expect(stretches.filter((stretch) => sealed.includes(Buffer.from(stretch)))).toEqual([]);
    });

    it('for its own id alone', async () => {
      const { caseId } = await extraction.pass(faces.woman);
      const { sealed } = await extraction.stored(caseId);
      expect(() => extraction.keys.keyOfValue(sealed, 'template').open(sealed, randomUUID())).toThrow(
        expect.objectContaining({ code: 'SEALING.BROKEN' }),
      );
    });

    it('and hands the sealed bytes out by id', async () => {
      const { caseId } = await extraction.pass(faces.woman);
      const { id: templateId, sealed } = await extraction.stored(caseId);
      expect(await extraction.bus.ask(SealedTemplateV1, { templateId })).toEqual({
        kind: 'found',
        sealed: sealed.toString('base64'),
        modelChain,
      });
      expect(await extraction.bus.ask(SealedTemplateV1, { templateId: randomUUID() })).toEqual({
        kind: 'missing',
      });
    });
  });

  it('destroys image and aligned face, and says so once (A3)', async () => {
    const { caseId, captureId } = await extraction.pass(faces.woman);
    const row = await extraction.recordedPurge(caseId);
    expect(await extraction.captures.count(captureId)).toBe(0);
    await waitFor(() => extraction.bus.payloadsOf(CapturePurgedAfterTemplateV1, caseId).length > 0, {
      description: 'the event',
    });
    expect(extraction.bus.eventsOf(CapturePurgedAfterTemplateV1, caseId)).toEqual([
      expect.objectContaining({
        payload: { caseId, captureId, purgedAt: row.purged_at?.toISOString() },
        // Its batch served other cases too: it belongs to its own case and to no delivery.
        correlationId: caseId,
        causationId: '',
      }),
    ]);
  });

  describe('when there is no face to work on', () => {
    it.each([
      ['expired', 'capture-expired', () => Promise.resolve()],
      [
        'was forged',
        'unreadable',
        (captureId: string) => extraction.captures.putForged(captureId, 'face', faces.woman),
      ],
      [
        'is cut off',
        'unreadable',
        (captureId: string) =>
          extraction.captures.store.put(captureId, 'face', packParts([faces.woman]).subarray(1)),
      ],
    ])('asks for another picture because it %s', async (_, reason, prepare) => {
      const passed = passedFor();
      const { caseId, captureId, subjectRef } = passed;
      await prepare(captureId);
      await extraction.bus.publish(CapturePassedV1, passed);
      await waitFor(() => extraction.bus.payloadsOf(FaceLostV1, caseId).length > 0, {
        description: 'the loss',
      });
      expect(extraction.bus.payloadsOf(FaceLostV1, caseId)).toEqual([
        { caseId, captureId, subjectRef, reasons: [reason] },
      ]);
      await extraction.bus.settled();
      expect(await extraction.templates(caseId)).toEqual([]);
      expect(await extraction.captures.count(captureId)).toBe(0);
    });
  });

  it('raises the alarm for a forged and for a broken face, and for nothing else', () => {
    const alarms = extraction.service.logged.filter((line) => line.includes('"level":"error"'));
    const texts = alarms.map((line) => (JSON.parse(line) as { message: string }).message);
    expect(texts).toEqual(Array(2).fill('face is not what liveness sealed'));
  });

  it('buried nothing on the way', async () => {
    expect(await extraction.service.deadLetters()).toEqual([]);
  });
});
