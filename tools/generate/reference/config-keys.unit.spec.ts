import { describe, expect, it } from '@jest/globals';
import { configSections, type ConfigKey } from './config-keys.js';
import { configReference, exampleEnvironment } from './config-reference.js';

const SOURCE = `
/** As many as there are cores. */
const DEFAULT_WORKERS = cores();

export const kioskConfig = z.object({
  /** Opens the door. */
  DOOR_KEY: secretKey(),
  /** Longest wait
   *  at the door. */
  WAIT_MS: z.coerce.number().int().min(1).default(30_000),
  WORKERS: z.coerce.number().default(DEFAULT_WORKERS),
  THRESHOLD: z.coerce.number().default(manifest.thresholds.door),
  MODE: z.enum(MODES).default('open'),
  /**
   * Rung for help.
   */
  BELL: z.string().optional(),
});

export const bellConfig = z
  .object({ BELL_NAME: z.string() })
  .refine((config) => config.BELL_NAME !== '', { path: ['BELL_NAME'] });
`;

const sections = configSections([{ path: 'apps/kiosk/src/config.ts', text: SOURCE }]);
const keys = new Map<string, ConfigKey>(
  sections.flatMap((section) => section.keys).map((key) => [key.name, key]),
);

describe('configSections', () => {
  it('names the project and the schema', () => {
    expect(sections.map(({ project, name }) => [project, name])).toEqual([
      ['kiosk', 'kioskConfig'],
      ['kiosk', 'bellConfig'],
    ]);
  });

  it('finds the keys of a schema that is checked as a whole', () => {
    expect(sections[1]?.keys.map(({ name }) => name)).toEqual(['BELL_NAME']);
  });

  it('tells an obligatory secret', () => {
    expect(keys.get('DOOR_KEY')).toEqual({
      name: 'DOOR_KEY',
      comment: 'Opens the door.',
      secret: 'key',
      byDefault: undefined,
      optional: false,
    });
  });

  it('reads a default through the checks around it, and a comment over two lines', () => {
    expect(keys.get('WAIT_MS')).toEqual({
      name: 'WAIT_MS',
      comment: 'Longest wait at the door.',
      secret: undefined,
      byDefault: '30000',
      optional: false,
    });
  });

  it('reads a comment that ends on a line of its own', () => {
    expect(keys.get('BELL')).toMatchObject({ comment: 'Rung for help.', optional: true });
  });

  it('states in words a default that differs from machine to machine', () => {
    expect(keys.get('WORKERS')?.byDefault).toBe('As many as there are cores.');
  });
});

describe('the generated configuration pages', () => {
  it('leave obligatory keys to fill in and do not set what the service works out', () => {
    expect(exampleEnvironment(sections).split('\n').slice(3)).toEqual([
      '# kiosk',
      'DOOR_KEY=',
      'WAIT_MS=30000',
      '# WORKERS= (default: As many as there are cores.)',
      '# THRESHOLD= (default: manifest.thresholds.door)',
      'MODE=open',
      '# BELL= (default: unset)',
      '',
      '# kiosk',
      'BELL_NAME=',
      '',
    ]);
  });

  it('say what a secret looks like', () => {
    expect(configReference(sections)).toContain(
      '| `DOOR_KEY` | obligatory | Opens the door. Secret: 32 bytes in base64. |',
    );
  });
});
