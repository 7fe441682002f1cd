import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FaceTemplate } from '@absah/biometrics';
import { OPERATING_SCORE, compareTemplates, decideLiveness, decodeTemplate } from '@absah/biometrics';
import type { FaceAnalysis, FaceEngine } from '@absah/inference';
import { createFaceEngine, modelManifest } from '@absah/inference';
import { modelsDir, samplesDir } from '@absah/testing';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { blurred, darkened, samplePeople } from './index.js';
import type { SamplePerson } from './index.js';

interface GoldenVectors {
  readonly modelChain: string;
  readonly embeddingModelSha256: string;
  /** Allows for another order of floating-point operations on other processors, not for other pixels. */
  readonly tolerance: { readonly component: number; readonly cosine: number; readonly liveness: number };
  readonly components: readonly number[];
  readonly portraits: Readonly<
    Record<string, { readonly liveness: number; readonly embedding: readonly number[] }>
  >;
  readonly cosines: readonly (readonly [string, string, number])[];
}

const golden = JSON.parse(
  readFileSync(new URL('golden-vectors.json', import.meta.url), 'utf8'),
) as GoldenVectors;

const { calibration, liveness: livenessThreshold } = modelManifest.thresholds;

let engine: FaceEngine;
let people: SamplePerson[];
const analyses = new Map<string, FaceAnalysis & { kind: 'face' }>();
const templates = new Map<string, Uint8Array>();

beforeAll(async () => {
  engine = await createFaceEngine({ modelsDir: modelsDir(), role: 'full', workers: 2, maxQueue: 32 });
  people = await samplePeople(samplesDir());
  await Promise.all(people.map((person) => enrol(person)));
});
afterAll(() => engine.close());

async function enrol({ portraitId, jpeg }: SamplePerson): Promise<void> {
  const analysis = await engine.analyse(jpeg);
  if (analysis.kind !== 'face') throw new Error(`${portraitId}: ${JSON.stringify(analysis)}`);
  analyses.set(portraitId, analysis);
  templates.set(portraitId, (await engine.embed(analysis.alignedCrop)).template);
}

function templateOf(portraitId: string): Uint8Array {
  const template = templates.get(portraitId);
  if (!template) throw new RangeError(`no portrait ${portraitId}`);
  return template;
}

function compare(first: string, second: string) {
  return compareTemplates(templateOf(first), templateOf(second), calibration);
}

describe('the chain of models (V1)', () => {
  it('is the one that the golden vectors were recorded with', () => {
    expect(modelManifest.modelChain).toBe(golden.modelChain);
    expect(modelManifest.models.embed.sha256).toBe(golden.embeddingModelSha256);
    expect([...templates.keys()].sort()).toEqual(Object.keys(golden.portraits).sort());
  });

  it('yields the recorded embeddings', () => {
    for (const [portraitId, { embedding }] of Object.entries(golden.portraits)) {
      const actual: FaceTemplate = decodeTemplate(templateOf(portraitId));
      golden.components.forEach((component, index) => {
        const difference = (actual.embedding[component] ?? 0) - (embedding[index] ?? 0);
        expect(Math.abs(difference)).toBeLessThan(golden.tolerance.component);
      });
    }
  });

  it('yields the recorded cosines', () => {
    for (const [first, second, cosine] of golden.cosines) {
      expect(Math.abs(compare(first, second).cosine - cosine)).toBeLessThan(golden.tolerance.cosine);
    }
  });

  it('knows the same woman in two photographs, and nobody else, at a score of 0.95 (V6)', () => {
    for (const first of people) {
      for (const second of people.filter((other) => other.portraitId > first.portraitId)) {
        const pair = `${first.portraitId} and ${second.portraitId}`;
        const accepted = compare(first.portraitId, second.portraitId).score >= OPERATING_SCORE;
        expect({ pair, accepted }).toEqual({ pair, accepted: first.personId === second.personId });
      }
    }
  });

  it('takes every sample person for a living one (V4)', () => {
    for (const [portraitId, { livenessScore }] of analyses) {
      expect(decideLiveness(livenessScore, livenessThreshold)).toBe('live');
      const recorded = golden.portraits[portraitId]?.liveness ?? 0;
      expect(Math.abs(livenessScore - recorded)).toBeLessThan(golden.tolerance.liveness);
    }
  });
});

describe('a spoiled picture of somebody who would pass (V7)', () => {
  it.each([
    ['blurred', blurred],
    ['too-dark', darkened],
  ] as const)('is answered with %s before anything else', async (reason, spoil) => {
    for (const { portraitId, jpeg } of people.filter((person) => person.personId === 'woman-a')) {
      const analysis = await engine.analyse(await spoil(jpeg));
      expect({ portraitId, ...analysis }).toMatchObject({ portraitId, kind: 'retake' });
      expect(analysis.kind === 'retake' && analysis.reasons[0]).toBe(reason);
    }
  });

  it('is always answered with a retake, whoever is in it', async () => {
    const spoiled = people.flatMap(({ jpeg }) => [blurred(jpeg), darkened(jpeg)]);
    const kinds = spoiled.map(async (picture) => (await engine.analyse(await picture)).kind);
    expect(new Set(await Promise.all(kinds))).toEqual(new Set(['retake']));
  });

  it('is answered with two faces when two people share it', async () => {
    const [first, second] = people;
    if (!first || !second) throw new RangeError('two people are needed');
    const pair = await sharp([first.jpeg, second.jpeg], { join: { across: 2 } })
      .jpeg()
      .toBuffer();
    expect(await engine.analyse(pair)).toMatchObject({ kind: 'retake', reasons: ['two-faces'] });
  });
});

describe('a picture turned by the camera', () => {
  it('is set upright by its EXIF orientation, so that the same template results', async () => {
    const [person] = people;
    if (!person) throw new RangeError('a person is needed');
    const lying = await sharp(person.jpeg)
      .rotate(90)
      .withMetadata({ orientation: 8 })
      .jpeg({ quality: 95 })
      .toBuffer();
    const analysis = await engine.analyse(lying);
    if (analysis.kind !== 'face') throw new Error(JSON.stringify(analysis));
    const { template } = await engine.embed(analysis.alignedCrop);
    expect(compareTemplates(template, templateOf(person.portraitId), calibration).cosine).toBeGreaterThan(
      0.95,
    );
  });
});
