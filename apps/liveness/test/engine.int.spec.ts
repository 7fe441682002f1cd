import { modelsDir } from '@absah/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { livenessConfig, type LivenessConfig } from '../src/config.js';
import { EngineAnalyser } from '../src/engine/engine-analyser.js';
import { LivenessBed } from './liveness-bed.js';
import { loadPictures } from './pictures.js';

let analyser: EngineAnalyser;

afterEach(async () => {
  await analyser?.onApplicationShutdown();
});

function config(): LivenessConfig {
  const key = Buffer.alloc(32).toString('base64');
  return livenessConfig.parse({
    CAPTURE_KEY: key,
    REPLAY_KEY: key,
    MODELS_DIR: modelsDir(),
    ENGINE_WORKERS: '1',
  });
}

describe('the face engine of liveness', () => {
  it('says that it is busy when its queue is full, so that the bus tries again', async () => {
    analyser = new EngineAnalyser(config());
    await analyser.onModuleInit();
    const { woman } = await loadPictures();

    const attempts = await Promise.allSettled(Array.from({ length: 12 }, () => analyser.analyse(woman)));

    const refusals = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason] : []));
    // One is computed, four wait.
    expect(refusals).toHaveLength(7);
    expect(refusals[0]).toMatchObject({ kind: 'unavailable', code: 'LIVENESS.ENGINE_BUSY' });
  });

  it('leaves the event loop free while models compute', async () => {
    analyser = new EngineAnalyser(config());
    await analyser.onModuleInit();
    const { woman } = await loadPictures();
    let turns = 0;
    const counter = setInterval(() => (turns += 1), 1);

    await Promise.all(Array.from({ length: 4 }, () => analyser.analyse(woman)));

    clearInterval(counter);
    expect(turns).toBeGreaterThan(10);
  });

  it('keeps the service from starting without its models, and says what is missing', async () => {
    const bed = await LivenessBed.open();
    try {
      const start = bed.service.startReplica({ MODELS_DIR: '/nonexistent/models' });
      await expect(start).rejects.toThrow(/fr_detect\.onnx.*sha256/);
    } finally {
      await bed.service.close();
    }
  });
});
