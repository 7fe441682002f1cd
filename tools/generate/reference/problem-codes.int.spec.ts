import { beforeAll, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { readSources, type SourceFile } from '../source-file.js';
import { problemCodes } from './problem-codes.js';

const repository = fileURLToPath(new URL('../../../..', import.meta.url));
const CODE_LITERAL = /'([A-Z]+(?:_[A-Z]+)*\.[A-Z]+(?:_[A-Z0-9]+)*)'/g;

describe('the problem codes of the repository', () => {
  let sources: readonly SourceFile[];

  beforeAll(async () => {
    const every = await readSources(repository, ['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts']);
    sources = every.filter(({ path }) => !path.endsWith('.spec.ts'));
  });

  it('are each defined by one project only', () => {
    const definers = Map.groupBy(problemCodes(sources), ({ code }) => code);
    const shared = [...definers].filter(([, codes]) => new Set(codes.map(({ project }) => project)).size > 1);
    expect(definers.size).toBeGreaterThan(0);
    expect(shared.map(([code]) => code)).toEqual([]);
  });

  it('are documented wherever one is written', () => {
    const documented = new Set(problemCodes(sources).map(({ code }) => code));
    const written = sources.flatMap(({ path, text }) =>
      [...text.matchAll(CODE_LITERAL)].map(([, code = '']) => `${code} in ${path}`),
    );
    expect(written.filter((mention) => !documented.has(mention.split(' ')[0] ?? ''))).toEqual([]);
  });
});
