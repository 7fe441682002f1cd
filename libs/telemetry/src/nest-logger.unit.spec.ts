import { describe, expect, it } from '@jest/globals';
import { Logger } from './logger.js';
import { nestLogger } from './nest-logger.js';

function framework() {
  const written: string[] = [];
  const logger = new Logger({
    service: 'audit',
    level: 'debug',
    destination: { write: (line) => written.push(line) },
  });
  return {
    nest: nestLogger(logger),
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe('nestLogger', () => {
  it('passes warnings and errors with the class that spoke, and nothing else', () => {
    const { nest, lines } = framework();
    nest.log('Starting Nest application...', 'NestFactory');
    nest.debug('x');
    nest.verbose('y');
    nest.warn('route is deprecated', 'RouterExplorer');
    nest.error('cannot resolve X', 'Error: cannot resolve X\n    at y', 'ExceptionHandler');
    nest.fatal('gave up', 'Main');
    expect(lines().map((line) => [line['level'], line['message'], line['absah.component']])).toEqual([
      ['warn', 'route is deprecated', 'RouterExplorer'],
      ['error', 'cannot resolve X', 'ExceptionHandler'],
      ['error', 'gave up', 'Main'],
    ]);
  });

  it('tells an exception as an error, not as a message', () => {
    const { nest, lines } = framework();
    nest.error(new TypeError('broken'), undefined, 'ExceptionsHandler');
    expect(lines()[0]).toMatchObject({
      message: 'framework reported a problem',
      'absah.component': 'ExceptionsHandler',
      error: { type: 'TypeError', message: 'broken' },
    });
  });
});
