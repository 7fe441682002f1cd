import type { FaceEngine, StageTimings } from '@absah/inference';

export interface Verified {
  readonly totalMs: number;
  /** As the worker measured them, and `embed` as its caller did. */
  readonly stagesMs: StageTimings & { readonly embed: number };
}

/** What one capture asks of the engine: from the bytes of the JPEG to the template. */
export async function verify(engine: FaceEngine, image: Uint8Array): Promise<Verified> {
  const startedAt = performance.now();
  const analysis = await engine.analyse(image);
  if (analysis.kind !== 'face') throw new Error(`a live face was answered with ${analysis.kind}`);
  const embeddingAt = performance.now();
  await engine.embed(analysis.alignedCrop);
  const endedAt = performance.now();
  return {
    totalMs: endedAt - startedAt,
    stagesMs: { ...analysis.timingsMs, embed: endedAt - embeddingAt },
  };
}
