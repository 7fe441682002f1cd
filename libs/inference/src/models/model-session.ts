import { InferenceSession, Tensor } from 'onnxruntime-node';
import { flushTinyWeights } from './flush-tiny-weights.js';
import type { ModelName } from './manifest.js';
import { modelManifest } from './manifest.js';
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

/** One loaded model with one input. Running it blocks the calling thread for the time it computes. */
export class ModelSession {
  readonly #session: InferenceSession;
  readonly #input: string;
  readonly #shape: readonly number[];
  readonly #outputs: readonly string[];

  private constructor(name: ModelName, session: InferenceSession) {
    const { input, outputs } = modelManifest.models[name];
    this.#session = session;
    this.#input = input.name;
    this.#shape = input.shape;
    this.#outputs = outputs.map((output) => output.name);
  }

  static async open(modelsDir: string, name: ModelName): Promise<ModelSession> {
    const bytes = await readModel(modelsDir, name);
    flushTinyWeights(bytes);
    return new ModelSession(name, await InferenceSession.create(bytes, SESSION_OPTIONS));
  }

  get inputLength(): number {
    return this.#shape.reduce((product, extent) => product * extent, 1);
  }

  /** @returns the outputs in the order of the manifest */
  async run(values: Float32Array): Promise<Float32Array[]> {
    const feeds = { [this.#input]: new Tensor('float32', values, this.#shape) };
    const results = await this.#session.run(feeds, this.#outputs);
    return this.#outputs.map((output) => asFloats(output, results[output]));
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

function asFloats(output: string, tensor: Tensor | undefined): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new TypeError(`model output ${output} is not a tensor of floats`);
}
