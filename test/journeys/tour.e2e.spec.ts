import { uuidV7 } from '@absah/domain-kit';
import { silent } from '@absah/local-infra';
import { waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { syntheticMsisdn } from '../../tools/laptop/synthetic-numbers.js';
import { AuditorDesk } from '../../tools/laptop/tour/auditor-desk.js';
import { enrolCast, type Cast } from '../../tools/laptop/tour/cast.js';
import { OperatorApp } from '../../tools/laptop/tour/operator-app.js';
import { playTour, type PlayedScene } from '../../tools/laptop/tour/play.js';
import { RegistryDesk } from '../../tools/laptop/tour/registry-desk.js';
import { SCENES } from '../../tools/laptop/tour/scenes.js';
import { JourneyBed, START_TIMEOUT_MS } from './bed/journey-bed.js';
import { readHead, readTrail, recompute } from './desks/audit-log.js';
import { OperatorClient } from './desks/operator-client.js';
import { leadsToRoot, leafHashOf } from './desks/outside-auditor.js';

/** What has to be in the log before what; all of them are the story of one registered SIM. */
const CAUSES = [
  ['VerificationSubmittedV1', 'CapturePassedV1'],
  ['CapturePassedV1', 'FaceExtractedV1'],
  ['FaceExtractedV1', 'CapturePurgedAfterTemplateV1'],
  ['FaceExtractedV1', 'IdentityMatchedV1'],
  ['IdentityMatchedV1', 'SlotReservedV1'],
  ['SlotReservedV1', 'CaseDecidedV1'],
  ['CaseDecidedV1', 'SimActivatedV1'],
  ['SimActivatedV1', 'SlotPostedV1'],
  ['SimActivatedV1', 'RecordAcceptedV1'],
] as const;
const STORY = [...new Set(CAUSES.flat())];

let bed: JourneyBed;
let cast: Cast;
let played: readonly PlayedScene[];
let approved: PlayedScene;

beforeAll(async () => {
  bed = await JourneyBed.open();
  const { platform } = bed;
  const desks = {
    app: new OperatorApp(platform),
    registry: new RegistryDesk(platform),
    auditor: new AuditorDesk(platform),
  };
  cast = await enrolCast(desks.registry, platform.modelsDir, silent);
  played = await playTour(desks, cast, () => undefined);
  approved = played[0]!;
}, START_TIMEOUT_MS);
afterAll(() => bed?.close());

describe('the tour', () => {
  it('ends every scene as it should (V1, Q1)', () => {
    const outcomes = played.map(({ scene, view, asExpected }) => [scene.title, view.status, asExpected]);
    expect(outcomes).toEqual(SCENES.map(({ title, expected }) => [title, expected.status, true]));
  });

  it('tells what every approved case took, stage by stage (V2)', () => {
    for (const { view } of played.filter(({ scene }) => scene.expected.status === 'approved')) {
      expect(Object.keys(view.stagesMs ?? {}).sort()).toEqual(
        ['intake', 'liveness', 'template', 'ikd', 'quota', 'decision'].sort(),
      );
      expect(view.matchScore).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('brings each registered number to the registry, and no other (B1)', async () => {
    const counted = played.flatMap(({ aftermath }) => aftermath?.numbersAtRegistry ?? []);
    expect(counted).toEqual([1, 2, 3]);
    const registry = new RegistryDesk(bed.platform);
    expect(await registry.numbersOf(cast.nik)).toBe(3);
    expect(await registry.numbersOf(cast.unknownNik)).toBe(0);
  });
});

describe('the audit trail', () => {
  /** The log may lag a little behind the tour. */
  const trailOf = ({ view }: PlayedScene, awaited: readonly string[]) =>
    waitFor(
      async () => {
        const trail = await readTrail(bed.platform, view.id);
        const events = trail?.entries.map(({ event }) => event) ?? [];
        return awaited.every((event) => events.includes(event)) && trail;
      },
      { description: 'the whole story in the audit log' },
    );

  it('of a registered SIM holds every event once, causes before effects (A1)', async () => {
    const { entries } = await trailOf(approved, STORY);
    const events = entries.map(({ event }) => event);
    expect([...events].sort()).toEqual([...STORY].sort());
    for (const [cause, effect] of CAUSES) {
      const inOrder = events.indexOf(cause) < events.indexOf(effect);
      expect({ cause, effect, inOrder }).toEqual({ cause, effect, inOrder: true });
    }
    const positions = entries.map(({ position }) => position);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  });

  it('of a case that is not recorded yet is empty, and no error', async () => {
    expect(await new AuditorDesk(bed.platform).trailOf(uuidV7())).toEqual([]);
  });

  it('of every case proves to an outsider that each entry is in the log (A2)', async () => {
    const trails = await Promise.all(played.map((scene) => trailOf(scene, ['CaseDecidedV1'])));
    for (const { head, entries } of trails) {
      for (const entry of entries) {
        expect(entry.leafHash).toBe(leafHashOf(entry));
        expect(leadsToRoot(entry, head)).toBe(true);
        expect(leadsToRoot({ ...entry, payload: `${entry.payload} ` }, head)).toBe(false);
      }
    }
  });
});

describe('a platform that was stopped and started again on its data', () => {
  let sizeBefore: number;

  beforeAll(async () => {
    sizeBefore = (await readHead(bed.platform)).size;
    await bed.restart();
  }, START_TIMEOUT_MS);

  it('finds the case (V1)', async () => {
    const { decidedAt, matchScore } = approved.view;
    const found = await new OperatorClient(bed.platform).read(approved.view.id);
    expect(found).toMatchObject({ status: 'activated', decidedAt, matchScore, reasons: [] });
  });

  it('finds its audit log, intact and no shorter (A2)', async () => {
    expect(await recompute(bed.platform)).toMatchObject({ intact: true });
    expect((await readHead(bed.platform)).size).toBeGreaterThanOrEqual(sizeBefore);
  });

  it('still knows that she has three SIMs (Q1)', async () => {
    const { nik, capture } = cast;
    const app = new OperatorApp(bed.platform);
    const view = await app.verify({ nik, msisdn: syntheticMsisdn(), image: capture });
    expect({ status: view.status, reasons: view.reasons.map(({ code }) => code) }).toEqual({
      status: 'rejected',
      reasons: ['quota-cap-reached'],
    });
    expect(await new RegistryDesk(bed.platform).numbersOf(nik)).toBe(3);
  });
});
