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
