import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';
import type { ModelManifest } from '@absah/inference';
import type { MeasuredDataset } from '../measure/measure-dataset.js';
import type { Section } from './document.js';
import { count } from './figures.js';

/** What made a report: without it nobody could repeat or compare the figures. */
export interface Provenance {
  readonly createdAt: string;
  readonly command: string;
  readonly modelChain: string;
  /** sha256 by file. */
  readonly models: Readonly<Record<string, string>>;
  /** Digest of models, thresholds and the code that measured. */
  readonly measuredBy: string;
  readonly machine: Machine;
  /** Of this run; images that an earlier run measured are not among them. */
  readonly measuredNow: { readonly images: number; readonly seconds: number };
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly onnxruntime: string;
}

const GIB = 2 ** 30;

export function provenanceOf(
  args: readonly string[],
  manifest: ModelManifest,
  { by, images, seconds }: MeasuredDataset,
): Provenance {
  return {
    createdAt: new Date().toISOString(),
    command: ['npm run -s evaluate --', ...args.map(quoted)].join(' '),
    modelChain: manifest.modelChain,
    models: Object.fromEntries(Object.values(manifest.models).map(({ file, sha256 }) => [file, sha256])),
    measuredBy: by,
    machine: thisMachine(),
    measuredNow: { images, seconds },
  };
}

export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / GIB),
    node: process.version,
    onnxruntime: versionOf('onnxruntime-node'),
  };
}

function quoted(argument: string): string {
  return /^[\w./=:@-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}

function versionOf(name: string): string {
  const { resolve } = createRequire(import.meta.url);
  const about = JSON.parse(readFileSync(resolve(`${name}/package.json`), 'utf8')) as { version: string };
  return about.version;
}

export function provenanceSection(provenance: Provenance): Section {
  const { machine, measuredNow, models } = provenance;
  return {
    heading: 'What made this report',
    onPageOnly: true,
    table: {
      head: ['', ''],
      rows: [
        ['command', provenance.command],
        ['made at', provenance.createdAt],
        ['model chain', provenance.modelChain],
        ...Object.entries(models).map(([file, sha256]) => [file, `sha256 ${sha256}`]),
        ['models, thresholds and code', `sha256 ${provenance.measuredBy}`],
        ['machine', `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB`],
        ['software', `Node ${machine.node}, onnxruntime ${machine.onnxruntime}`],
        [
          'measured in this run',
          `${count(measuredNow.images)} images in ${measuredNow.seconds.toFixed(0)} seconds`,
        ],
      ],
    },
  };
}
