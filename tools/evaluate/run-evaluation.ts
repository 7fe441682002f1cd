import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { modelManifest, readModelManifest } from '@absah/inference';
import type { ModelManifest } from '@absah/inference';
import { fetchModels, homeFolder, silent } from '@absah/local-infra';
import { findImages } from './dataset/image-files.js';
import { evaluateFaces } from './faces/evaluate-faces.js';
import { facesDocument } from './faces/faces-document.js';
import { noLabels, readLabels } from './faces/labels.js';
import { measureDataset } from './measure/measure-dataset.js';
import type { MeasuredImage } from './measure/measure-dataset.js';
import type { EvaluateOptions } from './options.js';
import { evaluatePad } from './pad/evaluate-pad.js';
import { padDocument } from './pad/pad-document.js';
import { evaluateQuality } from './quality/evaluate-quality.js';
import { qualityDocument } from './quality/quality-document.js';
import type { ReportDocument } from './report/document.js';
import { reportPage } from './report/page.js';
import { provenanceOf, provenanceSection } from './report/provenance.js';
import { printedReport } from './report/text.js';

interface Evaluated {
  readonly result: object;
  readonly document: ReportDocument;
}

/** Measures, evaluates and writes the report. @returns what to print */
export async function runEvaluation(
  options: EvaluateOptions,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const images = (await findImages(options.folder)).slice(0, options.limit);
  if (images.length === 0) throw new Error(`no JPEG, PNG or WebP images below ${options.folder}`);
  const out = options.out ?? defaultOut(options);
  const { manifest, modelsDir } = await chosenModels(options);
  const { workers, forget } = options;
  const embeds = options.evaluation === 'faces';
  const dataset = await measureDataset({ images, out, modelsDir, manifest, workers, embeds, forget, signal });
  const { result, document } = await evaluate(options, manifest, dataset.measured);
  const provenance = provenanceOf(args, manifest, dataset);
  const json = JSON.stringify({ ...result, provenance }, undefined, 2);
  const withProvenance = { ...document, sections: [...document.sections, provenanceSection(provenance)] };
  await writeFile(join(out, 'report.json'), `${json}\n`);
  await writeFile(join(out, 'report.html'), reportPage(withProvenance));
  if (options.json) return json;
  return `${printedReport(document)}\n\nwritten to ${join(out, 'report.html')} and report.json`;
}

async function evaluate(
  options: EvaluateOptions,
  { thresholds }: ModelManifest,
  measured: readonly MeasuredImage[],
): Promise<Evaluated> {
  const { gate, captures, namePairs, workers: threads } = options;
  switch (options.evaluation) {
    case 'faces': {
      const labels = options.labels === undefined ? noLabels : await readLabels(options.labels);
      const operatingThreshold = thresholds.calibration.cosineAtOperatingPoint;
      const settings = { labels, gate, captures, namePairs, threads, operatingThreshold };
      const result = await evaluateFaces(measured, settings);
      return { result, document: facesDocument(result) };
    }
    case 'pad': {
      const result = evaluatePad(measured, { gate, threshold: thresholds.liveness });
      return { result, document: padDocument(result) };
    }
    case 'quality': {
      const result = evaluateQuality(measured);
      return { result, document: qualityDocument(result) };
    }
  }
}

async function chosenModels({ manifest, models }: EvaluateOptions): Promise<{
  readonly manifest: ModelManifest;
  readonly modelsDir: string;
}> {
  if (manifest !== undefined && models !== undefined) {
    return { manifest: readModelManifest(manifest), modelsDir: models };
  }
  return { manifest: modelManifest, modelsDir: await fetchModels(silent) };
}

/** The same for the same folder, so that a second run finds what the first one measured. */
function defaultOut({ evaluation, folder }: EvaluateOptions): string {
  const path = resolve(folder);
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return join(homeFolder(), 'evaluations', `${evaluation}-${basename(path)}-${digest}`);
}
