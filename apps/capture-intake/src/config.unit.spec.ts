import { describe, expect, it } from '@jest/globals';
import { captureIntakeConfig } from './config.js';

const key = Buffer.alloc(32, 7).toString('base64');
const good = {
  API_KEYS: JSON.stringify({ ['a'.repeat(64)]: 'operator-a' }),
  CAPTURE_KEY: key,
  TRANSPORT_KEY: key,
  PSEUDONYM_KEY: key,
};

describe('captureIntakeConfig', () => {
  it('has working defaults for everything but keys', () => {
    expect(captureIntakeConfig.parse(good)).toMatchObject({
      API_KEYS: { ['a'.repeat(64)]: 'operator-a' },
      MAX_IMAGE_BYTES: 6_291_456,
      MAX_REQUEST_BYTES: 16_384,
      MAX_BURST_BYTES: 4 * 1024 * 1024,
      CHALLENGE_LIFETIME_MS: 60_000,
      CHALLENGE_MOVEMENTS: ['turn-left', 'turn-right', 'look-up', 'nod'],
      CHALLENGE_COLOURS: 0,
      MAX_UPLOAD_BYTES_IN_FLIGHT: 64 * 1024 * 1024,
      DEFAULT_WAIT_SECONDS: 0,
      UPLOAD_TIMEOUT_MS: 30_000,
      KEY_CACHE_ENTRIES: 10_000,
      KEY_CACHE_SECONDS: 60,
      RECOGNITION_LIMIT_MS: 300_000,
      SLOT_LIMIT_MS: 120_000,
      PARKED_LIMIT_HOURS: 72,
      ASSISTANCE_LIMIT_HOURS: 72,
      DEADLINE_SWEEP_INTERVAL_MS: 5000,
      ATTEMPT_PAUSE_SECONDS: 30,
      ATTEMPTS_PER_SESSION: 5,
      ATTEMPTS_PER_IDENTITY: 8,
      ATTEMPT_WINDOW_HOURS: 24,
      SESSION_IDLE_MINUTES: 15,
    });
  });

  it.each([
    ['API_KEYS', 'not JSON'],
    ['API_KEYS', JSON.stringify({ 'a-key-in-clear': 'operator-a' })],
    ['API_KEYS', JSON.stringify({ ['a'.repeat(64)]: 'Operator A' })],
    ['TRANSPORT_KEY', Buffer.alloc(16).toString('base64')],
    ['MAX_IMAGE_BYTES', '6 MB'],
    ['MAX_UPLOAD_BYTES_IN_FLIGHT', '6291456'],
    // More than one message of the broker carries.
    ['MAX_BURST_BYTES', '8388608'],
    ['DEFAULT_WAIT_SECONDS', '11'],
    ['CHALLENGE_MOVEMENTS', 'nod,blink'],
    ['CHALLENGE_MOVEMENTS', 'turn-left,wink'],
    ['RECOGNITION_LIMIT_MS', '59999'],
    ['RECOGNITION_LIMIT_MS', '3600001'],
    ['SLOT_LIMIT_MS', '9999'],
    ['SLOT_LIMIT_MS', '3600001'],
  ])('refuses %s=%s, and names only the key', (name, value) => {
    const { error } = captureIntakeConfig.safeParse({ ...good, [name]: value });
    expect(error?.issues.map((issue) => issue.path[0])).toEqual([name]);
  });
});
