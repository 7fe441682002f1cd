import { ALIGNED_SIZE, encodeTemplate } from '@absah/biometrics';
import type { ModelSession } from '../models/model-session.js';
import { embedFace } from './face-models.js';

export interface EmbeddedFace {
  /** See `FaceTemplate` for its layout. Personal data: seal it, then forget it. */
  readonly template: Uint8Array;
  readonly modelChain: string;
}

/** Expects the aligned crop of an analysis. Any other crop still yields a plausible vector, so at least its
 *  size is checked here, not left to onnxruntime. */
export async function embedAlignedFace(
  model: ModelSession,
  modelChain: string,
  alignedCrop: Uint8Array,
): Promise<EmbeddedFace> {
  if (alignedCrop.length !== ALIGNED_SIZE * ALIGNED_SIZE * 3) {
    throw new RangeError(`an aligned crop has ${ALIGNED_SIZE} × ${ALIGNED_SIZE} × 3 bytes`);
  }
  const aligned = { data: alignedCrop, width: ALIGNED_SIZE, height: ALIGNED_SIZE };
  return { template: encodeTemplate({ modelChain, embedding: await embedFace(model, aligned) }), modelChain };
}
