import { parseArgs } from 'node:util';

export interface LaptopOptions {
  /** End after the tour instead of staying up. */
  readonly once: boolean;
  readonly processes: 'one' | 'many';
  /** Of the API; 0 takes a free one. */
  readonly port: number;
}

export const USAGE = `npm start -- [--once] [--processes=one|many] [--port=N]

  --once             run the tour, then stop; exit status 1 when an outcome is wrong
  --processes=many   one process per service instead of one for all
  --port=N           port of the API (a free one by default)`;

/** Throws with a sentence for the person who typed it. */
export function readOptions(args: readonly string[]): LaptopOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      once: { type: 'boolean', default: false },
      processes: { type: 'string', default: 'one' },
      port: { type: 'string', default: '0' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const { once, processes } = values;
  if (processes !== 'one' && processes !== 'many') throw new Error('--processes is one or many');
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('--port is a number from 0 to 65535');
  return { once, processes, port };
}
