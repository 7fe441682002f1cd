import { VerificationSubmittedV1 } from '@absah/contracts';
import { ServiceError, type ErrorKind } from '@absah/domain-kit';
import { UnitOfWork } from '@absah/messaging';
import { defineService, zodBody } from '@absah/service-kit';
import { Body, Controller, Get, Inject, Module, Param, Post } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { z } from 'zod';

const thing = z.strictObject({ name: z.string().min(3), count: z.int() });

class CreateThings1782864000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Long enough for a second replica to be in its way.
    await runner.query('SELECT pg_sleep(0.3)');
    await runner.query('CREATE TABLE things (name text NOT NULL)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE things');
  }
}

@Controller()
class TinyController {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(DataSource) private readonly dataSource: DataSource,
  ) {}

  @Post('things')
  make(@Body(zodBody(thing)) body: z.infer<typeof thing>): z.infer<typeof thing> {
    return body;
  }

  @Get('failures/:kind')
  fail(@Param('kind') kind: ErrorKind): never {
    throw new ServiceError(kind, 'TINY.FAILED', 'it failed', {
      retryAfterSeconds: 3,
      cause: new Error('inner words'),
    });
  }

  @Get('failures')
  async failInside(): Promise<never> {
    await this.dataSource.query('SELECT 1 FROM no_such_table WHERE nik = $1', ['9999014101900001']);
    throw new Error('not reached');
  }

  /** Says what happened at the very end of a slow request. */
  @Post('slow')
  async slow(): Promise<{ done: true }> {
    await sleep(700);
    await this.unitOfWork.run(async (tx) => {
      await tx.manager.query('INSERT INTO things (name) VALUES ($1)', ['slow']);
      tx.emit(VerificationSubmittedV1, submitted());
    });
    return { done: true };
  }
}

@Module({ controllers: [TinyController] })
class TinyModule {}

/** Fails in the place that the environment names, with everything before it open. */
function failWhere(place: string, wanted: string): void {
  if (place === wanted) throw new Error(`failed at ${place} as asked`);
}

/** When it has started and waits for requests. */
const LATER_MS = 500;

function failUnheard(): never {
  throw new Error('NIK 9999014101900001 unknown');
}

export const tinyService = defineService({
  name: 'capture-intake',
  config: z.object({
    FAIL_AT: z.enum(['provider', 'http', 'callback', 'promise', 'nowhere']).default('nowhere'),
  }),
  module: (config) => ({
    module: TinyModule,
    providers: [{ provide: 'FAILING', useFactory: () => failWhere(config.FAIL_AT, 'provider') }],
  }),
  migrations: [CreateThings1782864000001],
  fastify: () => ({ bodyLimit: 1_024 }),
  http: (_app, config) => {
    failWhere(config.FAIL_AT, 'http');
    if (config.FAIL_AT === 'callback') setTimeout(failUnheard, LATER_MS);
    if (config.FAIL_AT === 'promise') void sleep(LATER_MS).then(failUnheard);
  },
});

function submitted() {
  return {
    caseId: randomUUID(),
    captureId: randomUUID(),
    operatorId: 'operator-1',
    document: 'nik' as const,
    decideBy: '2099-07-01T00:00:00.000Z',
    subjectRef: 'a'.repeat(64),
    sealedNik: 'c2VhbGVk',
    consent: { purpose: 'sim-registration' as const, version: '2026-07', givenAt: new Date().toISOString() },
    image: { mediaType: 'image/jpeg' as const, byteLength: 1_000, sha256: 'b'.repeat(64) },
  };
}
