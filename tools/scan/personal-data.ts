import { createFaceEngine } from '@absah/inference';
import type { Submission } from '../laptop/tour/operator-app.js';
import { inEveryEncoding, textInEveryEncoding, windowsOf, type Needle } from './needle.js';

const IMAGE_WINDOW_BYTES = 24;
const TEMPLATE_WINDOW_BYTES = 16;

/** Everything about the people of these submissions that nobody may keep in the clear (A3). */
export async function tracesOf(submissions: readonly Submission[], modelsDir: string): Promise<Needle[]> {
  const niks = new Set(submissions.map(({ nik }) => nik));
  // The part that all spellings have in common: 08…, 628… and +628….
  const numbers = new Set(submissions.map(({ msisdn }) => msisdn.replace(/^62/, '')));
  const pictures = new Set(submissions.flatMap(({ image, frames = [] }) => [image, ...frames.slice(0, 1)]));
  const images = new Map([...pictures].map((image) => [Buffer.from(image).toString('base64'), image]));
  return [
    ...[...niks].flatMap((nik) => textInEveryEncoding('NIK', nik)),
    ...[...numbers].flatMap((number) => textInEveryEncoding('MSISDN', number)),
    ...(await tracesOfImages([...images.values()], modelsDir)),
  ];
}

async function tracesOfImages(images: readonly Uint8Array[], modelsDir: string): Promise<Needle[]> {
  const engine = await createFaceEngine({ modelsDir, role: 'full', workers: 1, maxQueue: images.length });
  const needles: Needle[] = [];
  try {
    for (const [index, image] of images.entries()) {
      needles.push(...windowsOf(`image ${index}`, image, IMAGE_WINDOW_BYTES));
      const analysis = await engine.analyse(image);
      if (analysis.kind !== 'face') continue;
      needles.push(...windowsOf(`aligned face ${index}`, analysis.alignedCrop, IMAGE_WINDOW_BYTES));
      const { template } = await engine.embed(analysis.alignedCrop);
      needles.push(...inEveryEncoding('head of a template', template.subarray(0, TEMPLATE_WINDOW_BYTES)));
      needles.push(...windowsOf(`template ${index}`, template, TEMPLATE_WINDOW_BYTES));
    }
  } finally {
    await engine.close();
  }
  return needles;
}
