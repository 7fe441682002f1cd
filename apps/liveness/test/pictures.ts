import { randomInt, randomUUID } from 'node:crypto';
import { samplesDir } from '@absah/testing';
import sharp from 'sharp';
import { samplePeople } from '../../../tools/samples/index.js';

export interface Pictures {
  readonly woman: Buffer;
  readonly somebodyElse: Buffer;
  readonly twoPeople: Buffer;
  readonly wall: Buffer;
}

export async function loadPictures(): Promise<Pictures> {
  const people = await samplePeople(samplesDir());
  const portrait = (id: string): Buffer => {
    const person = people.find(({ portraitId }) => portraitId === id);
    if (!person) throw new Error(`no sample portrait ${id}`);
    return person.jpeg;
  };
  const woman = portrait('woman-a-1');
  const somebodyElse = portrait('person-b-1');
  return { woman, somebodyElse, twoPeople: await sideBySide(woman, somebodyElse), wall: await wall() };
}

/** Frames of a burst, each moved a little; no two of them are ever alike byte for byte. */
export function framesOf(portrait: Buffer, count: number): Promise<Buffer[]> {
  const margin = 2 * count + 40;
  const width = 960 - margin;
  const start = randomInt(30);
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      sharp(portrait)
        .extract({ left: start + index, top: start + index, width, height: 1280 - margin })
        .jpeg({ quality: 88 })
        .withExif({ IFD0: { ImageDescription: randomUUID() } })
        .toBuffer(),
    ),
  );
}

function sideBySide(left: Buffer, right: Buffer): Promise<Buffer> {
  return sharp({ create: { width: 1920, height: 1280, channels: 3, background: 'grey' } })
    .composite([
      { input: left, left: 0, top: 0 },
      { input: right, left: 960, top: 0 },
    ])
    .jpeg()
    .toBuffer();
}

function wall(): Promise<Buffer> {
  return sharp({ create: { width: 960, height: 1280, channels: 3, background: '#b8b09a' } })
    .jpeg()
    .toBuffer();
}
