import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

const EVALUATIONS = ['faces', 'pad', 'quality'] as const;
type EvaluationName = (typeof EVALUATIONS)[number];

export interface EvaluateOptions {
  readonly evaluation: EvaluationName;
  readonly folder: string;
  /** Where report and measurements go; a folder of its own under .absah when absent. */
  readonly out: string | undefined;
  readonly json: boolean;
  readonly workers: number;
  /** Measure only so many images. */
  readonly limit: number;
  /** Delete the measurements when the report is written. */
  readonly forget: boolean;
  readonly labels: string | undefined;
  /** Only what passes the quality gate takes part. */
  readonly gate: boolean;
  /** Images averaged into one template. */
  readonly captures: number;
  readonly namePairs: boolean;
  /** Of another chain of models than the one that ships (U6). */
  readonly manifest: string | undefined;
  readonly models: string | undefined;
}

export const USAGE = `npm run -s evaluate -- faces DIR | pad DIR | quality DIR [options]

  faces DIR       error rates of recognition; DIR holds a folder of images for each person
  pad DIR         error rates of liveness; folders called live, and one for each species of attack
  quality DIR     what the quality gate says, folder by folder

  --out DIR       for report.json, report.html and the measurements (default: under .absah/evaluations)
  --json          print the report as JSON
  --gate          only images that pass the quality gate take part; the others count as not acquired
  --workers N     threads (default: one per core)
  --limit N       only the first N images
  --manifest FILE --models DIR   another chain of models
  --forget        delete the measurements at the end; those of faces hold templates

  for faces:
  --labels FILE   known label errors: { "drop": [image], "same": [[person, person]] }
  --captures N    average N images into one template, 1 to 10 (default: 1)
  --name-pairs    name the images of the worst comparisons in the report`;

/** Throws with a sentence for the person who typed it. */
export function readOptions(args: readonly string[]): EvaluateOptions | 'help' {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
      workers: { type: 'string', default: String(availableParallelism()) },
      limit: { type: 'string', default: String(Number.MAX_SAFE_INTEGER) },
      forget: { type: 'boolean', default: false },
      labels: { type: 'string' },
      gate: { type: 'boolean', default: false },
      captures: { type: 'string', default: '1' },
      'name-pairs': { type: 'boolean', default: false },
      manifest: { type: 'string' },
      models: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const [name, folder, ...rest] = positionals;
  const evaluation = EVALUATIONS.find((known) => known === name);
  if (!evaluation || !folder || rest.length > 0) {
    throw new Error('say what to evaluate and where: faces DIR, pad DIR or quality DIR');
  }
  if ((values.manifest === undefined) !== (values.models === undefined)) {
    throw new Error('--manifest and --models belong together');
  }
  const { json, forget, gate, out, labels, manifest, models } = values;
  const options: EvaluateOptions = {
    ...{ evaluation, folder, json, forget, gate, out, labels, manifest, models },
    workers: wholeNumber('--workers', values.workers, 64),
    limit: wholeNumber('--limit', values.limit, Number.MAX_SAFE_INTEGER),
    captures: wholeNumber('--captures', values.captures, 10),
    namePairs: values['name-pairs'],
  };
  refuseMisplaced(options);
  return options;
}

function wholeNumber(option: string, text: string, highest: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= highest) return value;
  throw new Error(`${option} is a whole number from 1 to ${highest}`);
}

/** An option without effect would make a report look like something that it is not. */
function refuseMisplaced({ evaluation, labels, captures, namePairs, gate }: EvaluateOptions): void {
  if (evaluation === 'quality' && gate) throw new Error('--gate has no meaning for quality');
  if (evaluation !== 'faces' && (labels !== undefined || captures > 1 || namePairs)) {
    throw new Error('--labels, --captures and --name-pairs are for faces');
  }
}
