import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { GOOD, refusalOf, SECTIONS } from '../test/config-sample.js';
import { loadConfig } from './load-config.js';
import { secretKey } from './secret.js';

describe('A3 a secret in a file', () => {
  let folder: string;
  const { SEALING_KEY, NATS_PASSWORD, DATABASE_URL, ...open } = GOOD;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'absah-secret-files-'));
    writeFileSync(join(folder, 'key'), `${SEALING_KEY}\n`);
    writeFileSync(join(folder, 'password'), `${NATS_PASSWORD}\r\n`);
    writeFileSync(join(folder, 'url'), DATABASE_URL);
    writeFileSync(join(folder, 'spaced'), ' two words \n\n');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const files = () => ({
    ...open,
    SEALING_KEY_FILE: join(folder, 'key'),
    NATS_PASSWORD_FILE: join(folder, 'password'),
    DATABASE_URL_FILE: join(folder, 'url'),
  });

  it('counts as the secret, without the line break at its end', () => {
    const config = loadConfig('liveness', SECTIONS, files());
    expect(config.own.SEALING_KEY.reveal()).toEqual(new Uint8Array(32).fill(7));
    expect(config.nats.NATS_PASSWORD.reveal()).toBe(NATS_PASSWORD);
    expect(config.database.DATABASE_URL.reveal()).toBe(DATABASE_URL);
  });

  it('keeps everything but one line break', () => {
    const config = loadConfig('liveness', SECTIONS, {
      ...files(),
      NATS_PASSWORD_FILE: join(folder, 'spaced'),
    });
    expect(config.nats.NATS_PASSWORD.reveal()).toBe(' two words \n');
  });

  it('may belong to a key that can be left out', () => {
    const sections = { own: z.object({ FORMER_KEY: secretKey().optional() }) };
    const config = loadConfig('liveness', sections, { FORMER_KEY_FILE: join(folder, 'key') });
    expect(config.own.FORMER_KEY?.reveal()).toHaveLength(32);
  });

  it('is refused beside the value itself, and the value is not told', () => {
    const message = refusalOf({ ...files(), NATS_PASSWORD: 'broker-password' });
    expect(message).toContain('NATS_PASSWORD: set_twice');
    expect(message).not.toContain('broker-password');
  });

  it('is refused when it cannot be read, has the wrong form or is empty', () => {
    expect(refusalOf({ ...files(), NATS_PASSWORD_FILE: join(folder, 'gone') })).toContain(
      'NATS_PASSWORD_FILE: unreadable',
    );
    expect(refusalOf({ ...files(), SEALING_KEY_FILE: join(folder, 'password') })).toContain('SEALING_KEY: ');
    expect(refusalOf({ ...files(), NATS_PASSWORD_FILE: '/dev/null' })).toContain('NATS_PASSWORD: too_small');
  });

  it('is not looked for behind a key that is no secret', () => {
    expect(refusalOf({ ...files(), HTTP_PORT_FILE: join(folder, 'gone'), HTTP_PORT: 'x' })).not.toContain(
      '_FILE',
    );
  });
});
