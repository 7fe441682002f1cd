import type { Box, RgbImage, Size } from '@absah/biometrics';
import { scaleBox, toPlanes } from '@absah/biometrics';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { flushTinyWeights } from './flush-tiny-weights.js';
import type { ModelDescription } from './manifest.js';
import { readModel } from './model-files.js';

// More than one thread per session doubles the CPU for the same latency: parallel work is for parallel
// captures.
const SESSION_OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
};

export type ModelOutputs = readonly [Float32Array, ...Float32Array[]];

/** One loaded model with one input. Running it blocks the calling thread for the time it computes. */
export class ModelSession {
  readonly #session: InferenceSession;
  readonly #description: ModelDescription;
  /** One, unless crops are shown at the same time. */
  readonly #spareInputs: Float32Array[] = [];
  /** Read before anything is waited for, so that one will do. Like an input it holds part of a face until the next. */
  readonly #crop: Uint8Array;

  private constructor(description: ModelDescription, session: InferenceSession) {
    this.#description = description;
    this.#session = session;
    this.#crop = new Uint8Array(this.inputSize.width * this.inputSize.height * 3);
  }

  static async open(modelsDir: string, description: ModelDescription): Promise<ModelSession> {
    const bytes = await readModel(modelsDir, description);
    flushTinyWeights(bytes);
    return new ModelSession(description, await InferenceSession.create(bytes, SESSION_OPTIONS));
  }

  /** Of the pictures it expects, in pixels. */
  get inputSize(): Size {
    const [height = 0, width = 0] = this.#description.input.shape.slice(-2);
    return { width, height };
  }

  /** How far its crop reaches; the manifest says of what. */
  get extent(): number {
    return this.#description.preprocessing.extent;
  }

  get #inputLength(): number {
    return this.#description.input.shape.reduce((product, extent) => product * extent, 1);
  }

  /** Sees part of a picture at the size that it expects. */
  see(image: RgbImage, box: Box): Promise<ModelOutputs> {
    return this.seeCrop(scaleBox(image, box, this.inputSize, this.#crop));
  }

  /** @param crop of `inputSize` */
  async seeCrop(crop: RgbImage): Promise<ModelOutputs> {
    const input = this.#spareInputs.pop() ?? new Float32Array(this.#inputLength);
    toPlanes(crop, this.#description.preprocessing.pixels, input);
    const outputs = await this.run(input);
    this.#spareInputs.push(input);
    return outputs;
  }

  /** @param values are read before the promise resolves, and not kept
   *  @returns the outputs in the order of the manifest */
  async run(values: Float32Array): Promise<ModelOutputs> {
    const { input, outputs } = this.#description;
    const names = outputs.map((output) => output.name);
    const results = await this.#session.run(
      { [input.name]: new Tensor('float32', values, input.shape) },
      names,
    );
    const [first, ...rest] = names.map((name) => asFloats(name, results[name]));
    if (!first) throw new TypeError('a model without output');
    return [first, ...rest];
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

function asFloats(output: string, tensor: Tensor | undefined): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new TypeError(`model output ${output} is not a tensor of floats`);
}
