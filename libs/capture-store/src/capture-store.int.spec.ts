import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CAPTURE_STREAM, captureSubject } from '@absah/contracts';
import { Sealer } from '@absah/sealing';
import { startTestNats, waitFor } from '@absah/testing';
import { jetstreamManager, StorageType, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { DEFAULT_CAPTURE_LIMITS, type CaptureLimits } from './capture-limits.js';
import { CaptureStore } from './capture-store.js';

const JPEG_START = Buffer.from('ffd8ffe000104a46494600', 'hex');
const A_PERSON_WAITS_MS = 3_000;
const CAPTURE = '01932f00-0000-7000-8000-000000000001';
const OTHER_CAPTURE = '01932f00-0000-7000-8000-000000000002';
const MEBIBYTE = 1024 ** 2;

const key = randomBytes(32);
const sealer = new Sealer('capture', key);

let nats: Awaited<ReturnType<typeof startTestNats>>;
let connection: NatsConnection;
let manager: JetStreamManager;

beforeAll(async () => {
  nats = await startTestNats();
  connection = await connect({ servers: nats.url });
  manager = await jetstreamManager(connection);
});

afterAll(async () => {
  await connection?.close();
  await nats?.stop();
});

afterEach(async () => {
  await manager.streams.delete(CAPTURE_STREAM).catch(() => {});
});

function openStore(limits: Partial<CaptureLimits> = {}): Promise<CaptureStore> {
  return CaptureStore.open(connection, sealer, { ...DEFAULT_CAPTURE_LIMITS, ...limits });
}

function picture(byteLength: number): Buffer {
  return Buffer.concat([JPEG_START, randomBytes(byteLength - JPEG_START.length)]);
}

async function waitingMessages(): Promise<number> {
  return (await manager.streams.info(CAPTURE_STREAM)).state.messages;
}

describe('CaptureStore', () => {
  it('returns the 5 MB that were put', async () => {
    const store = await openStore();
    const image = picture(5 * MEBIBYTE);
    await store.put(CAPTURE, 'image', image);
    const read = await store.get(CAPTURE, 'image');
    expect(Buffer.compare(read!, image)).toBe(0);
  });

  it('keeps image and face of a capture apart', async () => {
    const store = await openStore();
    await store.put(CAPTURE, 'image', Uint8Array.of(1));
    await store.put(CAPTURE, 'face', Uint8Array.of(2));
    expect(Array.from((await store.get(CAPTURE, 'image'))!)).toEqual([1]);
    expect(Array.from((await store.get(CAPTURE, 'face'))!)).toEqual([2]);
  });

  it('replaces what is put again, so that a redelivered message leaves one copy', async () => {
    const store = await openStore();
    await store.put(CAPTURE, 'face', Uint8Array.of(1));
    await store.put(CAPTURE, 'face', Uint8Array.of(2));
    expect(Array.from((await store.get(CAPTURE, 'face'))!)).toEqual([2]);
    expect(await waitingMessages()).toBe(1);
  });

  it('answers undefined for a capture that was never put', async () => {
    const store = await openStore();
    expect(await store.get(CAPTURE, 'image')).toBeUndefined();
  });

  it.each([
    ['another capture', OTHER_CAPTURE, 'image'],
    ['another kind', CAPTURE, 'face'],
  ] as const)('refuses what was put for %s and moved here', async (_, captureId, kind) => {
    const store = await openStore();
    await store.put(captureId, kind, picture(64));
    const moved = await manager.direct.getMessage(CAPTURE_STREAM, {
      last_by_subj: captureSubject(captureId, kind),
    });
    await connection.request(captureSubject(CAPTURE, 'image'), moved!.data);
    await expect(store.get(CAPTURE, 'image')).rejects.toMatchObject({ code: 'SEALING.BROKEN' });
  });

  it('refuses what the broker cannot carry, before it is sent', async () => {
    const store = await openStore();
    const tooLarge = new Uint8Array(connection.info!.max_payload);
    await expect(store.put(CAPTURE, 'image', tooLarge)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'CAPTURES.TOO_LARGE',
    });
  });
});

describe('a capture in the broker (A3)', () => {
  it('is in memory alone and sealed: neither the stream nor the disk holds its bytes', async () => {
    const store = await openStore();
    const image = picture(MEBIBYTE);
    await store.put(CAPTURE, 'image', image);
    const { config, state } = await manager.streams.info(CAPTURE_STREAM);
    expect({ storage: config.storage, bytes: state.bytes > image.length }).toEqual({
      storage: 'memory',
      bytes: true,
    });

    const stored = await manager.direct.getMessage(CAPTURE_STREAM, {
      last_by_subj: captureSubject(CAPTURE, 'image'),
    });
    const sealed = Buffer.from(stored!.data);
    expect(sealed.includes(JPEG_START)).toBe(false);
    expect(sealed.includes(image.subarray(-32))).toBe(false);
    expect(await filesHolding([JPEG_START, sealed.subarray(0, 64), sealed.subarray(-64)])).toEqual([]);
  });

  it('is purged in every kind, and nothing else is', async () => {
    const store = await openStore();
    for (const kind of ['image', 'burst', 'face'] as const) await store.put(CAPTURE, kind, picture(1_000));
    await store.put(OTHER_CAPTURE, 'image', picture(1_000));
    await store.purge(CAPTURE);
    for (const kind of ['image', 'burst', 'face'] as const)
      expect(await store.get(CAPTURE, kind)).toBeUndefined();
    const { state } = await manager.streams.info(CAPTURE_STREAM, { subjects_filter: '>' });
    expect(state.subjects).toEqual({ [captureSubject(OTHER_CAPTURE, 'image')]: 1 });
  });

  it('may be purged twice', async () => {
    const store = await openStore();
    await store.purge(CAPTURE);
    await expect(store.purge(CAPTURE)).resolves.toBeUndefined();
  });

  it('expires when nobody purges it', async () => {
    const store = await openStore({ maxAgeMs: 1_000 });
    await store.put(CAPTURE, 'image', picture(1_000));
    expect(await store.get(CAPTURE, 'image')).toHaveLength(1_000);
    await waitFor(async () => (await store.get(CAPTURE, 'image')) === undefined, {
      timeoutMs: 10_000,
      description: 'the capture to expire',
    });
    expect(await waitingMessages()).toBe(0);
  });
});

describe('the stream CAPTURES', () => {
  it('lets captures live for 120 seconds and lose no accepted one, by default', async () => {
    await openStore();
    const { config } = await manager.streams.info(CAPTURE_STREAM);
    expect(config).toMatchObject({
      storage: 'memory',
      subjects: ['captures.*.*'],
      max_age: 120_000_000_000,
      max_bytes: 512 * MEBIBYTE,
      max_msgs_per_subject: 1,
      discard: 'new',
      allow_direct: true,
      deny_purge: false,
    });
  });

  it('keeps room for the face of a capture that was accepted (V2)', async () => {
    const store = await openStore({ maxBytes: 10 * MEBIBYTE });
    const pictures: string[] = [];
    for (let i = 0; i < 7; i += 1) {
      pictures.push(`01932f00-0000-7000-8000-0000000000${10 + i}`);
      await store.put(pictures[i]!, 'image', picture(MEBIBYTE));
    }
    for (const kind of ['image', 'burst'] as const)
      await expect(store.put(CAPTURE, kind, picture(MEBIBYTE))).rejects.toMatchObject({
        code: 'CAPTURES.FULL',
      });
    for (const captureId of pictures) await store.put(captureId, 'face', picture(100_000));
    await Promise.all(pictures.map((captureId) => store.purge(captureId)));
    await waitFor(
      () =>
        store.put(CAPTURE, 'image', picture(MEBIBYTE)).then(
          () => true,
          () => false,
        ),
      {
        description: 'room for a picture',
      },
    );
  });

  it('refuses the newest when it is full, and keeps what it accepted', async () => {
    const store = await openStore({ maxBytes: 3 * MEBIBYTE });
    await store.put(CAPTURE, 'image', picture(2 * MEBIBYTE));
    await expect(store.put(OTHER_CAPTURE, 'image', picture(2 * MEBIBYTE))).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'CAPTURES.FULL',
      retryAfterSeconds: 2,
    });
    expect(await store.get(CAPTURE, 'image')).toHaveLength(2 * MEBIBYTE);
    await store.purge(CAPTURE);
    await store.put(OTHER_CAPTURE, 'image', picture(2 * MEBIBYTE));
  });

  it('is opened by many at once, and again later, with the same captures in it', async () => {
    const [first] = await Promise.all([openStore(), openStore(), openStore()]);
    await first.put(CAPTURE, 'image', Uint8Array.of(7));
    const later = await openStore();
    expect(Array.from((await later.get(CAPTURE, 'image'))!)).toEqual([7]);
  });

  it('may have been given another capacity by an operator', async () => {
    await openStore({ maxBytes: 64 * MEBIBYTE });
    await openStore({ maxBytes: 128 * MEBIBYTE });
    expect((await manager.streams.info(CAPTURE_STREAM)).config.max_bytes).toBe(64 * MEBIBYTE);
  });

  it.each([
    ['on disk', { storage: StorageType.File, max_age: 120_000_000_000 }, ['storage']],
    ['for ever', { storage: StorageType.Memory, max_age: 0 }, ['max_age']],
    ['longer than allowed', { storage: StorageType.Memory, max_age: 121_000_000_000 }, ['max_age']],
  ])('is refused when it keeps captures %s', async (_, config, problems) => {
    const shared = { discard: 'new', allow_direct: true } as const;
    await manager.streams.add({ name: CAPTURE_STREAM, subjects: ['captures.*.*'], ...shared, ...config });
    await expect(openStore()).rejects.toMatchObject({
      code: 'CAPTURES.STREAM_UNSAFE',
      details: { problems },
    });
  });

  it('is made again when a restarted broker has forgotten it', async () => {
    const store = await openStore();
    await store.put(CAPTURE, 'image', picture(1_000));
    await manager.streams.delete(CAPTURE_STREAM);
    const asked = performance.now();
    expect(await store.get(CAPTURE, 'image')).toBeUndefined();
    expect(performance.now() - asked).toBeLessThan(A_PERSON_WAITS_MS);
    await manager.streams.delete(CAPTURE_STREAM);
    await store.purge(CAPTURE);
    await manager.streams.delete(CAPTURE_STREAM);
    await store.put(CAPTURE, 'image', Uint8Array.of(9));
    expect(Array.from((await store.get(CAPTURE, 'image'))!)).toEqual([9]);
  });
});

describe('when the broker is away', () => {
  let ownNats: typeof nats;
  let ownConnection: NatsConnection;

  beforeAll(async () => {
    ownNats = await startTestNats();
    ownConnection = await connect({ servers: ownNats.url, reconnect: false });
  });

  afterAll(async () => {
    await ownConnection?.close();
    await ownNats?.stop();
  });

  it('says that a retry makes sense', async () => {
    const store = await CaptureStore.open(ownConnection, sealer);
    await ownNats.stop();
    await ownConnection.closed();
    for (const attempt of [
      store.put(CAPTURE, 'image', picture(64)),
      store.get(CAPTURE, 'image'),
      store.purge(CAPTURE),
    ]) {
      await expect(attempt).rejects.toMatchObject({ kind: 'unavailable', code: 'CAPTURES.UNREACHABLE' });
    }
  });
});

/** Files of the broker that hold any of the given bytes; its store exists, or the search would prove nothing. */
async function filesHolding(needles: readonly Buffer[]): Promise<string[]> {
  const storeFolder = await readlink(`/proc/${nats.pid}/cwd`);
  const entries = await readdir(storeFolder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(0);
  const contents = await Promise.all(files.map((file) => readFile(file)));
  return files.filter((_, index) => needles.some((needle) => contents[index]!.includes(needle)));
}
