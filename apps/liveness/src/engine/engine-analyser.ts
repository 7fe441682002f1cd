import { BusyError, openFaceEngine, type FaceAnalysis, type FaceEngine } from '@absah/inference';
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

  async analyse(image: Uint8Array): Promise<FaceAnalysis> {
    // The bus may deliver before Nest has called the hook above.
    const engine = await this.start();
    try {
      return await engine.analyse(image);
    } catch (error) {
      throw error instanceof BusyError ? engineBusy(error) : error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    const engine = await this.engine?.catch(() => undefined);
    await engine?.close();
  }

  private start(): Promise<FaceEngine> {
    this.engine ??= openFaceEngine(this.config, 'analysis', picturesInFlight(this.config));
    return this.engine;
  }
}
