import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { samplePeople } from '../../samples/index.js';
import type { HonestFiles } from './craft/hostile-file.js';

/** Large enough to be accepted and looked at, and small enough for a hundred thousand of them. */
const SIZE = { width: 320, height: 240 };

/** The largest picture that is admitted, and nearly as many bytes. */
const LARGEST = { width: 5000, height: 5000 };
const LARGEST_QUALITY = 96;

/** What all of them show. */
export async function honestPortrait(samplesDir: string): Promise<Buffer> {
  const [person] = await samplePeople(samplesDir);
  if (!person) throw new Error('there are no sample photographs');
  return person.jpeg;
}

/** One picture in the codings that hostile files start from. The encoders are deterministic. */
export async function honestFiles(portrait: Buffer): Promise<HonestFiles> {
  const picture = sharp(portrait).resize(SIZE);
  const as = (encode: (picture: Sharp) => Sharp): Promise<Buffer> => encode(picture.clone()).toBuffer();
  return {
    jpeg: await as((one) => one.jpeg()),
    progressiveJpeg: await as((one) => one.jpeg({ progressive: true, chromaSubsampling: '4:4:4' })),
    cmykJpeg: await as((one) => one.toColourspace('cmyk').jpeg()),
    png: await as((one) => one.png()),
    palettePng: await as((one) => one.png({ palette: true })),
    webp: await as((one) => one.webp()),
    losslessWebp: await as((one) => one.webp({ lossless: true })),
  };
}

/** More codings of the same picture, for mutation. */
export async function mutationSeeds(portrait: Buffer): Promise<Buffer[]> {
  const picture = sharp(portrait).resize(SIZE);
  const more = [
    picture.clone().greyscale().jpeg(),
    picture.clone().withMetadata({ orientation: 6 }).jpeg(),
    picture.clone().greyscale().jpeg({ progressive: true }),
    picture.clone().png({ progressive: true }),
    picture.clone().toColourspace('rgb16').png(),
    picture.clone().greyscale().png({ palette: true, colours: 4 }),
    picture.clone().ensureAlpha(0.5).png(),
    picture.clone().ensureAlpha(0.5).webp(),
    picture.clone().withMetadata({ orientation: 8 }).webp(),
    picture.clone().webp({ lossless: true, effort: 0 }),
  ];
  const honest = await honestFiles(portrait);
  return [...Object.values<Buffer>({ ...honest }), ...(await Promise.all(more.map((one) => one.toBuffer())))];
}

/** What an honest sender may cost at most: the measure of "extra". */
export function largestHonestJpeg(portrait: Buffer): Promise<Buffer> {
  return sharp(portrait)
    .resize({ ...LARGEST, fit: 'cover' })
    .jpeg({ quality: LARGEST_QUALITY })
    .toBuffer();
}
