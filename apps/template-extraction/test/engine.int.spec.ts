import { modelsDir } from '@absah/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { templateExtractionConfig, type TemplateExtractionConfig } from '../src/config.js';
import { EngineEmbedder } from '../src/engine/engine-embedder.js';
import { loadFaces } from './faces.js';
import { TemplateBed } from './template-bed.js';

let embedder: EngineEmbedder;

afterEach(async () => {
  await embedder?.onApplicationShutdown();
});

function config(): TemplateExtractionConfig {
  const key = Buffer.alloc(32).toString('base64');
  return templateExtractionConfig.parse({
    CAPTURE_KEY: key,
    TRANSPORT_KEY: key,
    MODELS_DIR: modelsDir(),
    ENGINE_WORKERS: '1',
  });
}

describe('the face engine of template-extraction', () => {
  it('says that it is busy when its queue is full, so that the bus tries again', async () => {
    embedder = new EngineEmbedder(config());
    await embedder.onModuleInit();
    const { woman } = await loadFaces();

    const attempts = await Promise.allSettled(Array.from({ length: 12 }, () => embedder.embed(woman)));

    const refusals = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason] : []));
    // One is computed, four wait.
    expect(refusals).toHaveLength(7);
    expect(refusals[0]).toMatchObject({ kind: 'unavailable', code: 'TEMPLATE.ENGINE_BUSY' });
  });

  it('keeps the service from starting without its model, and says what is missing', async () => {
    const bed = await TemplateBed.open();
    try {
      const start = bed.service.startReplica({ MODELS_DIR: '/nonexistent/models' });
      await expect(start).rejects.toThrow(/fr_feature\.onnx.*sha256/);
    } finally {
      await bed.service.close();
    }
  });
});
