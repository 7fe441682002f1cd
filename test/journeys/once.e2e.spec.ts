import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, resolveNatsServer } from '@absah/local-infra';
import { waitFor } from '@absah/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SCENES } from '../../tools/laptop/tour/scenes.js';
import { makeTemporaryData, removeTemporaryData } from '../../tools/laptop/temporary-data.js';
import { trustAuthority } from '../../tools/laptop/trust-authority.js';
import { START_TIMEOUT_MS } from './bed/journey-bed.js';
import { Launcher } from './bed/launcher.js';
import { processesIn } from './bed/running-processes.js';

const WENT_WRONG = /✗|broke off|could not start/;

let home: string;
let dataDir: string;
let env: Readonly<Record<string, string>>;
let launcher: Launcher;

beforeAll(async () => {
  home = await makeTemporaryData('journey');
  dataDir = join(home, 'data');
  await symlink(cacheFolder(), join(home, 'cache'));
  env = { ABSAH_HOME: home, ABSAH_NATS_SERVER: await resolveNatsServer() };
});
/** Also after a test that gave up half-way. */
afterEach(async () => {
  launcher.interrupt();
  await launcher.ended;
});
afterAll(async () => {
  await removeTemporaryData(dataDir);
  await removeTemporaryData(home);
});

describe('npm start', () => {
  it(
    'plays the tour with --once, shows each outcome and ends with status 0',
    async () => {
      launcher = Launcher.start(['--once'], env);
      const status = await launcher.ended;
      // First what went wrong, since a report may show no more than the beginning; then all of it.
      expect(launcher.output.split('\n').filter((line) => WENT_WRONG.test(line))).toEqual([]);
      expect({ status, output: launcher.output }).toEqual({ status: 0, output: expect.anything() });
      for (const { title, expected } of SCENES) {
        expect(launcher.output).toMatch(new RegExp(`^✓ +${title} +${expected.status}`, 'm'));
      }
      expect(await processesIn(dataDir)).toEqual([]);
    },
    START_TIMEOUT_MS,
  );

  it(
    'stays up without it, says where it listens, and stops on Ctrl-C with status 0',
    async () => {
      launcher = Launcher.start([], env);
      await waitFor(() => launcher.output.includes('Press Ctrl-C') || launcher.hasEnded, {
        description: 'the platform to be up',
        timeoutMs: START_TIMEOUT_MS,
      });
      const api = /API +(https:\S+)\/v1\/verifications/.exec(launcher.output)?.[1];
      await trustAuthority(join(dataDir, 'tls', 'ca.crt'));
      expect((await fetch(`${api}/health/ready`)).status).toBe(200);
      expect((await processesIn(dataDir)).length).toBeGreaterThanOrEqual(2);
      launcher.interrupt();
      expect(await launcher.ended).toBe(0);
      expect(await processesIn(dataDir)).toEqual([]);
    },
    START_TIMEOUT_MS,
  );

  it(
    'does not claim to be up when Ctrl-C comes during the tour',
    async () => {
      launcher = Launcher.start([], env);
      await waitFor(() => launcher.output.includes('Sample people are enrolled') || launcher.hasEnded, {
        description: 'the tour to begin',
        timeoutMs: START_TIMEOUT_MS,
      });
      launcher.interrupt();
      expect(await launcher.ended).toBe(130);
      expect(launcher.output).toContain('Stopped.');
      expect(launcher.output).not.toContain('Absah is up');
      expect(await processesIn(dataDir)).toEqual([]);
    },
    START_TIMEOUT_MS,
  );

  it.each([
    ['--processes=wrong', '--processes is one or many'],
    ['--port=99999', '--port is a number from 0 to 65535'],
  ])('refuses %s with a sentence, before it starts anything', async (option, sentence) => {
    launcher = Launcher.start([option], env);
    expect(await launcher.ended).toBe(1);
    expect(launcher.output.trim()).toBe(`Absah could not start: ${sentence}`);
  });
});
