import type { Calibration } from './calibration.js';
import { scoreOf } from './calibration.js';
import { cosine } from './embedding.js';
import { decodeTemplate } from './template.js';

export interface Comparison {
  readonly cosine: number;
  /** 0 to 1; 0.95 stands at a false-match rate of 1 in 100,000. */
  readonly score: number;
}

/** Embeddings of different models share no space: their cosine would be a number without meaning. */
export class ModelChainMismatchError extends Error {
  override readonly name = 'ModelChainMismatchError';
  constructor(first: string, second: string) {
    super(`templates of ${first} and ${second} cannot be compared`);
  }
}

export function compareTemplates(
  first: Uint8Array,
  second: Uint8Array,
  calibration: Calibration,
): Comparison {
  const [a, b] = [decodeTemplate(first), decodeTemplate(second)];
  if (a.modelChain !== b.modelChain) throw new ModelChainMismatchError(a.modelChain, b.modelChain);
  const similarity = cosine(a.embedding, b.embedding);
  return { cosine: similarity, score: scoreOf(similarity, calibration) };
}
