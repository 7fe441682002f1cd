import { JETSTREAM, NATS_CONNECTION, QueryClient, UnitOfWork } from '@absah/messaging';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { captureIntakeService } from '../../../apps/capture-intake/src/capture-intake.service.js';
import { buildOpenApi } from '../../../apps/capture-intake/src/openapi/build-open-api.js';

/** What service-kit would put around the service; in a preview nothing is made from it. */
const SURROUNDINGS = [
  DataSource,
  Logger,
  CLOCK,
  SERVICE_CONFIG,
  NATS_CONNECTION,
  JETSTREAM,
  UnitOfWork,
  QueryClient,
];

@Module({
  providers: SURROUNDINGS.map((token) => ({ provide: token, useValue: {} })),
  exports: SURROUNDINGS,
})
class NoSurroundings {}

@Module({})
class DescribedService {}

/** The public API, as the running service would describe it, without a database or a broker. */
export async function captureIntakeDocument(): Promise<OpenAPIObject> {
  const service: DynamicModule = {
    module: DescribedService,
    imports: [
      { module: NoSurroundings, global: true },
      captureIntakeService.module({} as Parameters<typeof captureIntakeService.module>[0]),
    ],
  };
  const app = await NestFactory.create(service, new FastifyAdapter(), { preview: true, logger: false });
  try {
    return buildOpenApi(app);
  } finally {
    await app.close();
  }
}
