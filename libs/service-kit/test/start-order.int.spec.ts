import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEAD_LETTERS } from '@absah/contracts';
import { QueryClient } from '@absah/messaging';
import { defineService, startService } from '@absah/service-kit';
import { createTestDatabase, startTestNats, type TestDatabase } from '@absah/testing';
import type { NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { Module, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { tinyEnvironment } from './tiny-environment.js';

/** Every service with a place on the bus answers it. */
const QUESTION = DEAD_LETTERS['capture-intake'].list;

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let asker: NatsConnection;

beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
  asker = await connect({ servers: nats.url });
});
afterEach(async () => {
  await asker.close();
  await nats.stop();
  await database.drop();
});

async function ask(): Promise<'answered' | 'unheard'> {
  const answer = new QueryClient(asker).ask(QUESTION, { limit: 1 }, { timeoutMs: 300 });
  return answer.then(
    () => 'answered',
    () => 'unheard',
  );
}

function serviceThat(prepare: (hook: string) => Promise<void>) {
  @Module({})
  class PreparedModule implements OnModuleInit, OnApplicationBootstrap {
    onModuleInit(): Promise<void> {
      return prepare('init');
    }

    onApplicationBootstrap(): Promise<void> {
      return prepare('bootstrap');
    }
  }
  return defineService({
    name: 'capture-intake',
    config: z.object({}),
    module: () => PreparedModule,
    migrations: [],
  });
}

describe('the start of a service', () => {
  it('prepares everything once, and takes its first message only then (A3)', async () => {
    const seen: string[] = [];
    const definition = serviceThat(async (hook) => void seen.push(`${hook}: ${await ask()}`));
    const service = await startService(definition, tinyEnvironment(database.url, nats.url));
    try {
      expect(seen).toEqual(['init: unheard', 'bootstrap: unheard']);
      expect(await ask()).toBe('answered');
    } finally {
      await service.close();
    }
  });

  it('that fails to prepare takes none', async () => {
    const answers: string[] = [];
    const definition = serviceThat(async () => {
      answers.push(await ask());
      throw new Error('not prepared');
    });
    const start = startService(definition, tinyEnvironment(database.url, nats.url));
    await expect(start).rejects.toThrow('not prepared');
    expect(answers).toEqual(['unheard']);
  });
});
