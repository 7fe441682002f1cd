import { decodeTemplate } from '@absah/biometrics';
import {
  BusyError,
  openFaceEngine,
  type BurstFrame,
  type FaceAnalysis,
  type FaceEngine,
} from '@absah/inference';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { FaceAnalyser } from '../application/ports.js';
import { picturesInFlight, type LivenessConfig } from '../config.js';
import { engineBusy } from '../domain/errors.js';

/** Threads that hold the models: the event loop never waits for one. */
@Injectable()
export class EngineAnalyser extends FaceAnalyser implements OnModuleInit, OnApplicationShutdown {
  private engine: Promise<FaceEngine> | undefined;

  constructor(@Inject(SERVICE_CONFIG) private readonly config: LivenessConfig) {
    super();
  }

  /** Not in the constructor: of an application that fails to be built, nobody would end the threads. */
  async onModuleInit(): Promise<void> {
    await this.start();
  }

  analyse(image: Uint8Array): Promise<FaceAnalysis> {
    return this.ask((engine) => engine.analyse(image));
  }

  observeBurst(frames: readonly Uint8Array[]): Promise<readonly BurstFrame[]> {
    return this.ask((engine) => engine.observeBurst(frames));
  }

  async embeddingOf(alignedFace: Uint8Array): Promise<Float32Array> {
    const { template } = await this.ask((engine) => engine.embed(alignedFace));
    return decodeTemplate(template).embedding;
  }

  async onApplicationShutdown(): Promise<void> {
    const engine = await this.engine?.catch(() => undefined);
    await engine?.close();
  }

  private async ask<Answer>(question: (engine: FaceEngine) => Promise<Answer>): Promise<Answer> {
    const engine = await this.start();
    try {
      return await question(engine);
    } catch (error) {
      throw error instanceof BusyError ? engineBusy(error) : error;
    }
  }

  private start(): Promise<FaceEngine> {
    // A burst keeps every worker busy at once.
    const maxQueue = picturesInFlight(this.config) * this.config.ENGINE_WORKERS;
    // Whether frames show one person is told by their embeddings, which never leave this process.
    this.engine ??= openFaceEngine(this.config, 'full', maxQueue);
    return this.engine;
  }
}
