import { BusyError, openFaceEngine, type EmbeddedFace, type FaceEngine } from '@absah/inference';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { FaceEmbedder } from '../application/ports.js';
import { facesInFlight, type TemplateExtractionConfig } from '../config.js';
import { engineBusy } from '../domain/errors.js';

/** Threads that hold the model: the event loop never waits for one. */
@Injectable()
export class EngineEmbedder extends FaceEmbedder implements OnModuleInit, OnApplicationShutdown {
  private engine: Promise<FaceEngine> | undefined;

  constructor(@Inject(SERVICE_CONFIG) private readonly config: TemplateExtractionConfig) {
    super();
  }

  /** Not in the constructor: of an application that fails to be built, nobody would end the threads. */
  async onModuleInit(): Promise<void> {
    await this.start();
  }

  async embed(alignedFace: Uint8Array): Promise<EmbeddedFace> {
    const engine = await this.start();
    try {
      return await engine.embed(alignedFace);
    } catch (error) {
      throw error instanceof BusyError ? engineBusy(error) : error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    const engine = await this.engine?.catch(() => undefined);
    await engine?.close();
  }

  private start(): Promise<FaceEngine> {
    this.engine ??= openFaceEngine(this.config, 'embedding', facesInFlight(this.config));
    return this.engine;
  }
}
