import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verificationView } from '@absah/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enrolNewPerson, prepareFaces, type Face } from '../../tools/bench/pipeline/subjects.js';
import { JourneyBed, START_TIMEOUT_MS } from './bed/journey-bed.js';
import { OperatorClient } from './desks/operator-client.js';
import { absah } from './desks/terminal.js';

const JOURNEY_TIMEOUT_MS = 240_000;

let bed: JourneyBed;
let her: Face;

beforeAll(async () => {
  bed = await JourneyBed.open();
  her = (await prepareFaces(bed.platform.modelsDir))[0]!;
}, START_TIMEOUT_MS);
afterAll(() => bed?.close());

interface KekFile {
  active: string;
  readonly keys: Record<string, string>;
}

/** As an editor would do it: a whole file takes the place of the old one. */
async function edit(change: (file: KekFile) => void): Promise<void> {
  const path = join(bed.dataDir, 'secrets', 'key-encryption-keys.json');
  const file = JSON.parse(await readFile(path, 'utf8')) as KekFile;
  change(file);
  await writeFile(`${path}.new`, JSON.stringify(file), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** A person of her own, from request to decision. */
async function verify(): Promise<string> {
  const nik = await enrolNewPerson(bed.platform, her);
  const picture = { bytes: her.image };
  const { status, body } = await new OperatorClient(bed.platform).submit(nik, picture, { prefer: 'wait=10' });
  expect(status).toBe(201);
  return verificationView.parse(body).status;
}

describe('the key-encryption key', () => {
  it(
    'is rotated and everything re-wrapped while people register, and no verification fails (A3, U3)',
    async () => {
      const outcomes: string[] = [await verify()];
      let running = true;
      const load = (async () => {
        while (running) outcomes.push(await verify());
      })();
      await edit((file) => {
        file.keys['kek-2'] = randomBytes(32).toString('base64');
        file.active = 'kek-2';
      });
      const first = await absah(bed.platform, 'keys', 'rewrap', '--batch', '1');
      expect(first).toMatchObject({
        status: 0,
        output: expect.stringMatching(/kek-1 {2}\d+ re-wrapped, 0 left\n/),
      });
      running = false;
      await load;
      expect(new Set(outcomes)).toEqual(new Set(['approved']));
      expect(await absah(bed.platform, 'keys', 'status')).toMatchObject({
        status: 0,
        output: `kek-2  ${outcomes.length} keys  active\ndestroyed  0 keys\n`,
      });

      await edit((file) => delete file.keys['kek-1']);
      await bed.restart();
      expect(await verify()).toBe('approved');
    },
    JOURNEY_TIMEOUT_MS,
  );

  it(
    'keeps the platform from starting when it is lost, with a sentence about it, until it is back (A3)',
    async () => {
      await bed.stop();
      let lost: string | undefined;
      await edit((file) => {
        lost = file.keys['kek-2'];
        file.keys['kek-3'] = randomBytes(32).toString('base64');
        file.active = 'kek-3';
        delete file.keys['kek-2'];
      });
      // A process that has a log of its own writes down what ended it.
      await expect(bed.restart('many')).rejects.toThrow('the platform did not start');
      const log = await readFile(join(bed.dataDir, 'logs', 'privacy.log'), 'utf8');
      expect(log).toContain('PRIVACY.KEK_LOST');
      expect(log).toMatch(/Restore it from a copy/);

      await edit((file) => {
        file.keys['kek-2'] = lost!;
      });
      await bed.restart();
      expect(await verify()).toBe('approved');
    },
    JOURNEY_TIMEOUT_MS,
  );
});
