import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { modelManifest } from '@absah/inference';
import { samplesDir } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { blurred, samplePeople } from '../samples/index.js';

const MAIN = fileURLToPath(new URL('main.js', import.meta.url));

const { cosineAtOperatingPoint } = modelManifest.thresholds.calibration;

let root: string;

function start(args: readonly string[]) {
  return spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function evaluate(...args: readonly string[]) {
  const child = start(args);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ]);
  return { stdout, stderr, code };
}

async function report(...args: readonly string[]) {
  const { stdout, stderr, code } = await evaluate(...args, '--json');
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

async function write(name: string, content: Uint8Array | string): Promise<void> {
  const path = join(root, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'absah-evaluate-'));
  const people = await samplePeople(samplesDir());
  for (const { personId, portraitId, jpeg } of people) {
    await write(`faces/${personId}/${portraitId}.jpg`, jpeg);
    await write(`pad/live/${personId}/frame.jpg`, jpeg);
    await write(`quality/sharp/${portraitId}.jpg`, jpeg);
    await write(`quality/blurred/${portraitId}.jpg`, await blurred(jpeg));
  }
  const [first, second] = people;
  await write('faces/woman-a/woman-a-3.webp', await sharp(first?.jpeg).resize(600).webp().toBuffer());
  await write('faces/person-b/person-b-2.png', await sharp(people[2]?.jpeg).resize(480).png().toBuffer());
  await write('faces/person-c/broken.jpg', first?.jpeg.subarray(0, 5_000) ?? '');
  await write('faces/person-c/wrong.jpg', second?.jpeg ?? '');
  await write('faces/<b>/portrait.jpg', people[4]?.jpeg ?? '');
  await write('faces/notes.txt', 'not an image');
  await write('pad/print/woman-a/frame.jpg', first?.jpeg ?? '');
  await write('pad/replay/phone-x/frame.jpg', second?.jpeg ?? '');
  await write('pad/replay/phone-x/black.png', await blackPicture());
  const labels = { drop: ['wrong'], same: [['person-d', '<b>']] };
  await write('labels.json', JSON.stringify(labels));
});

function blackPicture(): Promise<Buffer> {
  return sharp({ create: { width: 320, height: 240, channels: 3, background: 'black' } })
    .png()
    .toBuffer();
}

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

function facesRun(out: string): string[] {
  return ['faces', join(root, 'faces'), '--labels', join(root, 'labels.json'), '--out', join(root, out)];
}

/** Measured already, so that a test costs no more than a start. */
async function copyOfStore(out: string): Promise<string> {
  await report(...facesRun('out'));
  const store = join(root, out, 'measurements.jsonl');
  await mkdir(dirname(store));
  await copyFile(join(root, 'out/measurements.jsonl'), store);
  return store;
}

function keysOf(record: unknown): string[] {
  return Object.keys(record as object).sort();
}

describe('npm run evaluate -- faces (V3)', () => {
  it('reports error rates, and counts the broken file as not acquired', async () => {
    const result = await report(...facesRun('out'));
    // Ten portraits, one more of two people and of the one with a name of markup, and the broken one.
    expect(result).toMatchObject({ evaluation: 'faces', images: 14, acquired: 13, persons: 9 });
    expect(result.failureToAcquire).toBeCloseTo(1 / 14, 9);
    expect(result.reasons).toEqual({ 'image-damaged': 1 });
    expect(result.labelErrorsDropped).toBe(1);
    // woman-a has three images; person-b and person-d (with <b>) have two.
    expect(result).toMatchObject({ genuineComparisons: 5, genuinePersons: 3, impostorComparisons: 73 });
    for (const target of ['1e-3', '1e-4', '1e-5']) {
      const { threshold, fnmr, interval, resolved } = result.fnmrAtFmr[target];
      expect(threshold).toBeGreaterThan(0.1);
      expect(threshold).toBeLessThan(0.6);
      expect({ fnmr, resolved }).toEqual({ fnmr: 0, resolved: false });
      expect(interval).toEqual([0, expect.closeTo(1 - 0.025 ** (1 / 3), 6)]);
    }
    expect(result.eer).toBe(0);
    expect(result.atOperatingPoint).toMatchObject({ threshold: cosineAtOperatingPoint, fmr: 0, fnmr: 0 });
    expect(result.allPairs.genuineComparisons).toBe(5);
    expect(result.identityBalanced.atOperatingPoint.fnmr).toBe(0);
    expect(result.statements.join(' ')).toContain('FMR 1e-5 cannot be measured');
    expect(result.provenance.measuredNow.images).toBe(15);
    expect(keysOf(result.provenance.models)).toHaveLength(6);
  });

  it('measures nothing twice', async () => {
    const first = await report(...facesRun('out'));
    const second = await report(...facesRun('out'));
    expect(second.provenance.measuredNow.images).toBe(0);
    expect({ ...second, provenance: 0 }).toEqual({ ...first, provenance: 0 });
  });

  it('goes on where a killed run left half a line', async () => {
    const store = await copyOfStore('cut');
    await truncate(store, (await stat(store)).size - 100);
    expect((await report(...facesRun('cut'))).provenance.measuredNow.images).toBe(1);
    expect((await report(...facesRun('cut'))).provenance.measuredNow.images).toBe(0);
  });

  it('keeps what it measured before Ctrl-C', async () => {
    const child = start([...facesRun('stopped'), '--workers', '1']);
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
    const { measuredNow } = (await report(...facesRun('stopped'))).provenance;
    expect(measuredNow.images).toBeGreaterThan(0);
    expect(measuredNow.images).toBeLessThan(15);
  });

  it('lets only the owner read templates, and deletes them on demand', async () => {
    const store = await copyOfStore('private');
    expect((await stat(join(root, 'out/measurements.jsonl'))).mode & 0o777).toBe(0o600);
    await report(...facesRun('private'), '--forget');
    await expect(stat(store)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('writes a page that stands alone and names nobody', async () => {
    await report(...facesRun('out'));
    const page = await readFile(join(root, 'out/report.html'), 'utf8');
    expect(page).toContain('<svg');
    expect(page).not.toMatch(/src=|href=|url\(|@import|<script/);
    expect(page).not.toMatch(/woman-a|person-c/);
    await report(...facesRun('out'), '--name-pairs');
    const named = await readFile(join(root, 'out/report.html'), 'utf8');
    expect(named).toContain('woman-a/woman-a-2.jpg');
    expect(named).toContain('&#60;b&#62;/portrait.jpg');
    expect(named).not.toContain('<b>/');
  });

  it('averages several captures, and asks the gate', async () => {
    const result = await report(...facesRun('out'), '--captures', '2', '--gate');
    expect(result).toMatchObject({ gate: true, captures: 2, genuineComparisons: 1, genuinePersons: 1 });
    expect(result.atOperatingPoint.fnmr).toBe(0);
  });

  it('says what is missing when nothing can be compared', async () => {
    const { code, stderr } = await evaluate(...facesRun('none'), '--limit', '1');
    expect(code).toBe(1);
    expect(stderr).toContain('folders of at least two people');
  });
});

describe('npm run evaluate -- pad (V4)', () => {
  it('reports by species, with subjects left out in turn', async () => {
    const result = await report('pad', join(root, 'pad'), '--out', join(root, 'pad-out'));
    expect(keysOf(result.apcer)).toEqual(['print', 'replay/phone-x']);
    expect(keysOf(result.apcerByType)).toEqual(['print', 'replay']);
    expect(keysOf(result.byKindOfAttack)).toEqual(['print', 'replay']);
    expect(result.bonaFide.presentations).toBe(9);
    expect(result.bySpecies['replay/phone-x']).toMatchObject({
      presentations: 2,
      responses: 1,
      nonResponseRate: 0.5,
    });
    expect(result.apnrr).toBeCloseTo(1 / 3, 9);
    // The "attacks" are portraits of living people, and pass as such.
    expect(result).toMatchObject({ threshold: 0.95, worstApcer: 1, apcer: { print: 1 } });
    expect(result.bpcer).toBe(result.bonaFide.errors / result.bonaFide.responses);
    expect(keysOf(result.heldOut.apcer)).toEqual(['print', 'replay/phone-x']);
    expect(result.byFolder).toHaveLength(11);
  });
});

describe('npm run evaluate -- quality (V7)', () => {
  it('reports folder by folder why images are sent back', async () => {
    const { byFolder } = await report('quality', join(root, 'quality'), '--out', join(root, 'quality-out'));
    const [all, soft, sharpened] = byFolder;
    expect([all.folder, soft.folder, sharpened.folder]).toEqual(['', 'blurred', 'sharp']);
    expect([all.images, soft.images, sharpened.images]).toEqual([20, 10, 10]);
    expect(soft.acquired).toBe(0);
    // The others have three reasons that help more.
    expect(soft.reasons.blurred).toBeGreaterThan(5);
    expect(sharpened.reasons.blurred ?? 0).toBe(0);
  });
});

describe('npm run evaluate', () => {
  it('explains itself to whoever mistypes', async () => {
    const { code, stderr } = await evaluate('fases', root);
    expect(code).toBe(2);
    expect(stderr).toContain('npm run -s evaluate -- faces DIR');
  });

  it('prints tables', async () => {
    const { stdout } = await evaluate(...facesRun('out'));
    expect(stdout).toMatch(/FMR 1e-5 +0\.\d{4} +0\.00 %/);
    expect(stdout).toContain('What a sample of this size can show');
  });
});
