import { silent } from '@absah/local-infra';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { syntheticMsisdn } from '../../tools/laptop/synthetic-numbers.js';
import { AuditorDesk } from '../../tools/laptop/tour/auditor-desk.js';
import { enrolCast } from '../../tools/laptop/tour/cast.js';
import { playTour, type PlayedScene } from '../../tools/laptop/tour/play.js';
import { RegistryDesk } from '../../tools/laptop/tour/registry-desk.js';
import type { Finding } from '../../tools/scan/haystack.js';
import { textInEveryEncoding } from '../../tools/scan/needle.js';
import { scanForPlaintext } from '../../tools/scan/scan-for-plaintext.js';
import { blindSpots } from '../../tools/scan/searched-places.js';
import { JourneyBed } from './bed/journey-bed.js';
import { RememberingApp } from './desks/remembering-app.js';

/** Not personal, and everywhere: what is found by it was really searched. */
const CONTROL = 'case id';

/** The tour, the stop, and a search through everything that was written. */
const RUN_AND_SEARCH_TIMEOUT_MS = 300_000;

let bed: JourneyBed;
let played: readonly PlayedScene[];
let inFiles: readonly Finding[];
let inRows: readonly Finding[];

/** A whole run with every kind of outcome, also one that ends before there is a case; then all is stopped. */
beforeAll(async () => {
  bed = await JourneyBed.open();
  const { platform, dataDir } = bed;
  const app = new RememberingApp(platform);
  const desks = { app, registry: new RegistryDesk(platform), auditor: new AuditorDesk(platform) };
  const cast = await enrolCast(desks.registry, platform.modelsDir, silent);
  played = await playTour(desks, cast, () => undefined);
  const cutOff = cast.capture.subarray(0, Math.floor(cast.capture.length / 2));
  await app.verify({ nik: cast.nik, msisdn: syntheticMsisdn(), image: cutOff });
  for (const refused of [
    { nik: cast.nik, image: Buffer.from('This is not a picture.') },
    { nik: `${cast.unknownNik}0`, image: cast.stranger },
  ]) {
    await expect(app.verify({ ...refused, msisdn: syntheticMsisdn() })).rejects.toThrow(/answered 4/);
  }
  await bed.stop();
  const caseIds = played.flatMap(({ view }) => textInEveryEncoding(CONTROL, view.id));
  const { modelsDir } = platform;
  ({ inFiles, inRows } = await scanForPlaintext({ dataDir, modelsDir }, app.sent, caseIds));
}, RUN_AND_SEARCH_TIMEOUT_MS);
afterAll(() => bed?.close());

const personal = (findings: readonly Finding[]) =>
  findings.filter(({ needle }) => !needle.startsWith(CONTROL));
const controls = (findings: readonly Finding[]) =>
  findings.filter(({ needle }) => needle.startsWith(CONTROL));

describe('after a run with approvals, rejections, retakes and activations', () => {
  it('every outcome was among them', () => {
    expect(new Set(played.map(({ view }) => view.status))).toEqual(
      new Set(['approved', 'rejected', 'retake']),
    );
    expect(played.every(({ asExpected }) => asExpected)).toBe(true);
    expect(played.filter(({ aftermath }) => aftermath)).toHaveLength(3);
  });

  it('no file holds an image, a face, a template, a NIK or a number in the clear (A3)', () => {
    expect(personal(inFiles)).toEqual([]);
  });

  it('no row holds any of them either (A3)', () => {
    expect(personal(inRows)).toEqual([]);
  });

  it('the same search finds the cases: in streams, tables, journal and logs', () => {
    expect(blindSpots({ inFiles: controls(inFiles), inRows: controls(inRows) })).toEqual([]);
  });
});
