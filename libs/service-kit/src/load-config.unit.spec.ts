import { describe, expect, it } from '@jest/globals';
import { GOOD, refusalOf, SECTIONS } from '../test/config-sample.js';
import { loadConfig } from './load-config.js';

describe('loadConfig', () => {
  it('fills in defaults, and freezes every section', () => {
    const config = loadConfig('liveness', SECTIONS, GOOD);
    expect(config.common).toEqual({
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: 0,
      SHUTDOWN_DELAY_MS: 0,
      LOG_LEVEL: 'info',
    });
    expect(config.own.SWEEP_INTERVAL_MS).toBe(500);
    expect(config.own.SEALING_KEY.reveal()).toEqual(new Uint8Array(32).fill(7));
    expect(Object.values(config).every((section) => Object.isFrozen(section))).toBe(true);
  });

  it('names every bad key of every section at once', () => {
    const message = refusalOf({
      HTTP_PORT: '70000',
      LOG_LEVEL: 'loud',
      SEALING_KEY: 'c2hvcnQ=',
      SWEEP_INTERVAL_MS: '-1',
    });
    expect(message).toMatch(/^liveness is configured wrongly: /);
    const named = [...message.matchAll(/[A-Z]+(?:_[A-Z]+)+/g)].map(([key]) => key);
    expect(named.sort()).toEqual([
      'DATABASE_URL',
      'HTTP_PORT',
      'LOG_LEVEL',
      'NATS_PASSWORD',
      'NATS_URL',
      'NATS_USER',
      'SEALING_KEY',
      'SWEEP_INTERVAL_MS',
    ]);
  });

  it('never tells a value', () => {
    const bad = {
      ...GOOD,
      NATS_USER: 'a-broker-user',
      SEALING_KEY: 'almost-a-key',
      HTTP_PORT: 'not-a-port',
      DATABASE_POOL: '4711',
    };
    const message = refusalOf(bad);
    for (const value of Object.values(bad)) expect(message).not.toContain(value);
  });

  it('has room for the lock and the migrations in the pool', () => {
    expect(refusalOf({ ...GOOD, DATABASE_POOL: '1' })).toContain('DATABASE_POOL');
  });
});

describe('A3 an address beyond this machine', () => {
  const tls = 'sslmode=verify-full&sslrootcert=/etc/absah/ca.crt';

  it.each([
    [
      'a database with TLS, a checked name and a named authority',
      { DATABASE_URL: `postgresql://u:p@host/db?${tls}` },
    ],
    ['a broker with a named authority', { NATS_URL: 'nats://host:4222', NATS_CA_FILE: '/etc/absah/ca.crt' }],
    ['a database on this machine', { DATABASE_URL: 'postgresql://u:p@localhost:5433/db' }],
    [
      'a service with a certificate',
      {
        HTTP_HOST: '0.0.0.0',
        HTTP_TLS_CERT_FILE: '/etc/absah/tls.crt',
        HTTP_TLS_KEY_FILE: '/etc/absah/tls.key',
      },
    ],
    ['a broker on this machine', { NATS_URL: 'nats://[::1]:4222' }],
  ])('may be that of %s', (_, changes) => {
    expect(() => loadConfig('liveness', SECTIONS, { ...GOOD, ...changes })).not.toThrow();
  });

  it.each([
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://u:p@host/db' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://u:p@host/db?sslmode=verify-full' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://u:p@host/db?sslmode=verify-ca&sslrootcert=/ca' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://u:p@host/db?sslmode=require&sslrootcert=/ca' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://u:p@127.0.0.1/db?sslmode=disable' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://u:p@127.0.0.1.example/db' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://u:p@127.0.0.1/db?host=db.example' }],
    ['DATABASE_URL', { DATABASE_URL: `postgresql://u:p@host/db?${tls}&ssl=0` }],
    ['DATABASE_URL', { DATABASE_URL: `postgresql://u:p@host/db?${tls}&sslmode=disable` }],
    ['DATABASE_URL', { DATABASE_URL: 'host=localhost dbname=db' }],
    ['HTTP_TLS_CERT_FILE', { HTTP_HOST: '0.0.0.0' }],
    ['HTTP_TLS_CERT_FILE', { HTTP_HOST: '::' }],
    ['HTTP_TLS_KEY_FILE', { HTTP_TLS_CERT_FILE: '/etc/absah/tls.crt' }],
    ['HTTP_TLS_KEY_FILE', { HTTP_TLS_KEY_FILE: '/etc/absah/tls.key' }],
    ['NATS_CA_FILE', { NATS_URL: 'nats://host:4222' }],
    ['NATS_URL', { NATS_URL: 'ws://127.0.0.1:4222' }],
  ])('is refused without protection: %s %j', (key, changes) => {
    expect(refusalOf({ ...GOOD, ...changes })).toContain(key);
  });

  it.each(['0', '0.01', '-1'])('is refused with an inbox that forgets within the hour: %s h', (hours) => {
    expect(refusalOf({ ...GOOD, INBOX_RETENTION_HOURS: hours })).toContain('INBOX_RETENTION_HOURS');
  });
});
