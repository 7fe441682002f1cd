import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { Search } from './haystack.js';
import { JPEG_STARTS, textInEveryEncoding, windowsOf, type Needle } from './needle.js';

const NIK = '9999014101900001';
const CHUNK_BYTES = 65_536;
const TEMPLATE = new Uint8Array(Float32Array.from({ length: 512 }, (_, index) => Math.sin(index + 1)).buffer);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'absah-search-'));
  await mkdir(join(folder, 'deeper'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function plant(planted: Uint8Array, at: number): Promise<void> {
  const file = randomBytes(8 * CHUNK_BYTES);
  file.set(planted, at);
  await writeFile(join(folder, 'deeper', 'large'), file);
}

async function found(needles: readonly Needle[]): Promise<string[]> {
  const findings = await new Search(needles).inFolder(folder, CHUNK_BYTES);
  expect(findings.every(({ place }) => place === join('deeper', 'large'))).toBe(true);
  return findings.map(({ needle }) => needle);
}

const picture = () => sharp({ create: { width: 64, height: 64, channels: 3, background: 'olive' } }).jpeg();
const withJfif = async (jpeg: Buffer) =>
  Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), jpeg.subarray(2)]);

const PLACES = [
  ['in the middle of a chunk', 3.5 * CHUNK_BYTES],
  ['three bytes before the next', 4 * CHUNK_BYTES - 3],
  ['ten bytes before the next', 4 * CHUNK_BYTES - 10],
] as const;

describe.each(PLACES)('what lies %s', (_, at) => {
  it.each([
    ['JPEG (tables first)', async () => picture().toBuffer()],
    [
      'JPEG (Exif)',
      async () =>
        picture()
          .withExif({ IFD0: { Copyright: 'nobody' } })
          .toBuffer(),
    ],
    ['JPEG (JFIF)', async () => withJfif(await picture().toBuffer())],
  ])('is recognised as %s', async (name, make) => {
    await plant(await make(), at);
    expect(await found(JPEG_STARTS)).toEqual([name]);
  });

  const nik = Buffer.from(NIK);
  const shifted = (before: string) => Buffer.from(Buffer.from(`${before}${NIK} after`).toString('base64'));

  it.each([
    ['NIK', nik],
    ['NIK, hex', Buffer.from(nik.toString('hex'))],
    ['NIK, upper-case hex', Buffer.from(nik.toString('hex').toUpperCase())],
    ['NIK, UTF-16LE', Buffer.from(NIK, 'utf16le')],
    ['NIK, base64 (shift 0)', shifted('abc')],
    ['NIK, base64 (shift 1)', shifted('abcd')],
    ['NIK, base64 (shift 2)', shifted('abcde')],
  ])('is recognised as %s', async (name, planted) => {
    await plant(planted, at);
    expect(await found(textInEveryEncoding('NIK', NIK))).toContain(name);
  });

  it.each([
    ['raw', (bytes: Uint8Array) => bytes],
    ['hex', (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString('hex'))],
    ['base64url', (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString('base64url'))],
  ])('is recognised as a template, whole or half of it (%s)', async (_encoding, encode) => {
    const needles = windowsOf('template', TEMPLATE, 16);
    await plant(encode(TEMPLATE), at);
    expect((await found(needles)).length).toBeGreaterThanOrEqual(6);
    await plant(encode(TEMPLATE.subarray(TEMPLATE.length / 2)), at);
    expect((await found(needles)).length).toBeGreaterThanOrEqual(3);
  });
});

describe('random data', () => {
  it('are taken for nothing', async () => {
    await plant(Buffer.alloc(0), 0);
    const needles = [
      ...JPEG_STARTS,
      ...textInEveryEncoding('NIK', NIK),
      ...windowsOf('template', TEMPLATE, 16),
    ];
    expect(await found(needles)).toEqual([]);
  });

  it('are searched in bytes as in files', () => {
    const search = new Search(textInEveryEncoding('NIK', NIK));
    expect(search.inBytes('a row', Buffer.from(`(1,${NIK})`))).toEqual([{ needle: 'NIK', place: 'a row' }]);
    expect(search.inBytes('a row', Buffer.from('(1,999901******0001)'))).toEqual([]);
  });
});
