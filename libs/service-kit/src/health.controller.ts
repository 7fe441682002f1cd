import { NATS_CONNECTION } from '@absah/messaging';
import { ServiceError } from '@absah/domain-kit';
import type { NatsConnection } from '@nats-io/nats-core';
import { Controller, Get, Inject, Optional } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Stopping } from './stopping.js';

/** Live: the process answers. Ready: what it depends on answers too, and it was not told to stop. */
@Controller('health')
export class HealthController {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Stopping) private readonly stopping: Stopping,
    @Optional() @Inject(NATS_CONNECTION) private readonly nats: NatsConnection | undefined,
  ) {}

  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    if (this.stopping.isUnderWay) {
      throw new ServiceError('unavailable', 'SERVICE.STOPPING', 'the service is about to stop', {
        nextStep: 'Ask another replica.',
      });
    }
    const failed = [
      ...((await answers(this.dataSource.query('SELECT 1'))) ? [] : ['database']),
      ...(!this.nats || (await answers(this.nats.rtt())) ? [] : ['broker']),
    ];
    if (failed.length === 0) return { status: 'ok' };
    throw new ServiceError('unavailable', 'SERVICE.NOT_READY', 'a dependency does not answer', {
      details: { failed },
      retryAfterSeconds: 1,
    });
  }
}

const PATIENCE_MS = 1_000;

async function answers(question: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const impatience = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const answer = question.then(
    () => true,
    () => false,
  );
  return Promise.race([answer, impatience]).finally(() => clearTimeout(timer));
}
