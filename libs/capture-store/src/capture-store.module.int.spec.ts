import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { CAPTURE_STREAM, captureSubject, type ServiceName } from '@absah/contracts';
import { brokerPermissions, connectNats, NATS_CONNECTION } from '@absah/messaging';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { startTestNats } from '@absah/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { CaptureStoreModule } from './capture-store.module.js';
import { CaptureStore } from './capture-store.js';

const CAPTURE = '01932f00-0000-7000-8000-000000000001';
const SERVICES = [
  'capture-intake',
  'liveness',
  'template-extraction',
] as const satisfies readonly ServiceName[];
type Holder = (typeof SERVICES)[number];

interface OwnConfig {
  readonly CAPTURE_KEY: Uint8Array;
}

const config: OwnConfig = { CAPTURE_KEY: randomBytes(32) };
const password = randomBytes(8).toString('hex');
const connections: NatsConnection[] = [];
const modules: TestingModule[] = [];
const stores = new Map<Holder, CaptureStore>();
let nats: Awaited<ReturnType<typeof startTestNats>>;

beforeAll(async () => {
  nats = await startTestNats(SERVICES.map((user) => ({ user, password, ...brokerPermissions(user) })));
  for (const service of SERVICES) stores.set(service, await storeOf(service, config));
});

afterAll(async () => {
  await Promise.all(modules.map((module) => module.close()));
  await Promise.all(connections.map((connection) => connection.close()));
  await nats?.stop();
});

async function storeOf(service: Holder, ownConfig: OwnConfig): Promise<CaptureStore> {
  const connection = await connectNats({ url: nats.url, user: service, password }, service);
  connections.push(connection);
  const module = await Test.createTestingModule({
    imports: [
      surroundings(connection, ownConfig),
      CaptureStoreModule.forService<OwnConfig>({ key: ({ CAPTURE_KEY }) => CAPTURE_KEY }),
    ],
  }).compile();
  modules.push(module);
  return module.get(CaptureStore);
}

function surroundings(connection: NatsConnection, ownConfig: OwnConfig) {
  @Module({})
  class Surroundings {}
  const providers = [
    { provide: NATS_CONNECTION, useValue: connection },
    { provide: SERVICE_CONFIG, useValue: ownConfig },
  ];
  return { module: Surroundings, global: true, providers, exports: [NATS_CONNECTION, SERVICE_CONFIG] };
}

describe('CaptureStoreModule, with the permissions that the services really have', () => {
  it('carries picture and burst from intake over liveness to extraction, which destroys them', async () => {
    const [intake, liveness, extraction] = SERVICES.map((service) => stores.get(service)!);
    await intake!.put(CAPTURE, 'image', Uint8Array.of(1, 2));
    await intake!.put(CAPTURE, 'burst', Uint8Array.of(4));
    expect(Array.from((await liveness!.get(CAPTURE, 'image'))!)).toEqual([1, 2]);
    expect(Array.from((await liveness!.get(CAPTURE, 'burst'))!)).toEqual([4]);
    await liveness!.put(CAPTURE, 'face', Uint8Array.of(3));
    expect(Array.from((await extraction!.get(CAPTURE, 'face'))!)).toEqual([3]);
    await extraction!.purge(CAPTURE);
    const left = [
      await liveness!.get(CAPTURE, 'image'),
      await liveness!.get(CAPTURE, 'burst'),
      await extraction!.get(CAPTURE, 'face'),
    ];
    expect(left).toEqual([undefined, undefined, undefined]);
  });

  it('lets intake neither read a picture back nor write a face', async () => {
    const intake = connections[SERVICES.indexOf('capture-intake')]!;
    const manager = await jetstreamManager(intake, { checkAPI: false, timeout: 1_000 });
    await expect(
      manager.direct.getMessage(CAPTURE_STREAM, { last_by_subj: captureSubject(CAPTURE, 'image') }),
    ).rejects.toThrow(/permissions/i);
    await expect(stores.get('capture-intake')!.put(CAPTURE, 'face', Uint8Array.of(1))).rejects.toMatchObject({
      code: 'CAPTURES.UNREACHABLE',
    });
  });

  it('does not open for a service that was given another key', async () => {
    await stores.get('capture-intake')!.put(CAPTURE, 'image', Uint8Array.of(1));
    const misconfigured = await storeOf('liveness', { CAPTURE_KEY: randomBytes(32) });
    await expect(misconfigured.get(CAPTURE, 'image')).rejects.toMatchObject({ code: 'SEALING.UNKNOWN_KEY' });
  });
});
