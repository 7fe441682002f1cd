import { randomUUID } from 'node:crypto';
import { CapturePassedV1, CapturePurgedAfterTemplateV1, FaceExtractedV1, FaceLostV1 } from '@absah/contracts';
import { waitFor } from '@absah/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loadFaces, type Faces } from './faces.js';
import { TemplateBed } from './template-bed.js';

const NEVER_MS = '600000';

let extraction: TemplateBed;
let faces: Faces;

beforeAll(async () => {
  faces = await loadFaces();
});

beforeEach(async () => {
  extraction = await TemplateBed.open();
});

afterEach(async () => {
  await extraction?.service.close();
});

describe('a passed capture', () => {
  it('has one template although it is delivered twice', async () => {
    await extraction.service.startReplica();
    const passed = await extraction.putFaces(faces.woman);
    await extraction.bus.publishRepeatedly(CapturePassedV1, passed, { copies: 2, messageId: randomUUID() });
    await extraction.bus.settled();
    await extraction.service.stopReplicas();

    expect(await extraction.templates(passed.caseId)).toHaveLength(1);
    expect(extraction.bus.payloadsOf(FaceExtractedV1, passed.caseId)).toHaveLength(1);
    expect(extraction.bus.payloadsOf(FaceLostV1, passed.caseId)).toEqual([]);
  });

  it('has one template when two replicas race for copies of it', async () => {
    await extraction.service.startReplica();
    await extraction.service.stopReplicas();
    const passed = await extraction.putFaces(faces.woman);
    await extraction.bus.publishRepeatedly(CapturePassedV1, passed, { copies: 6, messageId: randomUUID() });

    await Promise.all([extraction.service.startReplica(), extraction.service.startReplica()]);
    await extraction.bus.settled();
    await extraction.recordedPurge(passed.caseId);
    await extraction.service.stopReplicas();

    expect(await extraction.templates(passed.caseId)).toHaveLength(1);
    expect(extraction.bus.payloadsOf(FaceExtractedV1, passed.caseId)).toHaveLength(1);
    expect(extraction.bus.payloadsOf(CapturePurgedAfterTemplateV1, passed.caseId)).toHaveLength(1);
    expect(await extraction.captures.count(passed.captureId)).toBe(0);
    expect(await extraction.service.deadLetters()).toEqual([]);
  });
});

describe('a capture whose template is sealed (A3)', () => {
  it('is purged at the next start when the process died between commit and purge', async () => {
    await extraction.service.startReplica({ PURGE_SWEEP_INTERVAL_MS: NEVER_MS }, { mayPurge: false });
    const { caseId, captureId } = await extraction.pass(faces.woman);
    await extraction.stored(caseId);
    await extraction.bus.settled();
    await extraction.service.stopReplicas();
    expect(await extraction.stored(caseId)).toMatchObject({ purge_due: true, purged_at: null });
    expect(await extraction.captures.count(captureId)).toBe(2);

    await extraction.service.startReplica({ PURGE_SWEEP_INTERVAL_MS: NEVER_MS });

    await extraction.recordedPurge(caseId);
    await extraction.service.stopReplicas();
    expect(await extraction.captures.count(captureId)).toBe(0);
    expect(extraction.bus.payloadsOf(CapturePurgedAfterTemplateV1, caseId)).toHaveLength(1);
  });

  it('is purged when its message comes again', async () => {
    await extraction.service.startReplica({ PURGE_SWEEP_INTERVAL_MS: NEVER_MS });
    const passed = await extraction.putFaces(faces.woman);
    const message = { copies: 1, messageId: randomUUID() };
    await extraction.bus.publishRepeatedly(CapturePassedV1, passed, message);
    await extraction.recordedPurge(passed.caseId);
    await extraction.forgetPurge(passed.caseId);
    await extraction.restoreFaces(passed, faces.woman);

    await extraction.bus.publishRepeatedly(CapturePassedV1, passed, message);

    await extraction.recordedPurge(passed.caseId);
    expect(await extraction.captures.count(passed.captureId)).toBe(0);
    expect(await extraction.templates(passed.caseId)).toHaveLength(1);
  });

  it('is purged by a running replica when another one left it', async () => {
    await extraction.service.startReplica({ PURGE_SWEEP_INTERVAL_MS: '50' });
    const { caseId, captureId } = await extraction.pass(faces.woman);
    await extraction.recordedPurge(caseId);
    await extraction.restoreFaces({ captureId }, faces.woman);
    await extraction.forgetPurge(caseId);

    await extraction.recordedPurge(caseId);

    await waitFor(async () => (await extraction.captures.count(captureId)) === 0, {
      description: 'the purge',
    });
  });
});
