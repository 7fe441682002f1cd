import { describe, expect, it } from '@jest/globals';
import { parseRequirements } from './requirements.js';
import { traceabilityTable } from './traceability-table.js';

const LIST = `
| id | demand | source |
|---|---|---|
| U9 | The pipeline | K |
| U90 | Passports | K |
`;

describe('traceabilityTable', () => {
  const requirements = parseRequirements(LIST);
  const test = { path: 'apps/kiosk/test/journey.int.spec.ts', text: "it('runs the pipeline (U9)')" };
  const page = { path: 'docs/glossary.md', text: 'HitReservedU9 and v1 and U9' };
  const table = traceabilityTable(requirements, [test], [page]).split('\n');

  it('links what names an id', () => {
    const links =
      '[kiosk/journey.int](../apps/kiosk/test/journey.int.spec.ts) | [glossary](../docs/glossary.md)';
    expect(table).toContain(`| U9 | The pipeline | ${links} |`);
  });

  it('does not take U9 for U90', () => {
    expect(table).toContain('| U90 | Passports | — | — |');
  });

  it('does not take the name of a message for an id', () => {
    const contract = {
      path: 'libs/contracts/x.unit.spec.ts',
      text: 'HitReservedU9 is on evt.quota.hit.reserved.v1',
    };
    expect(traceabilityTable(requirements, [contract], [])).toContain('| U9 | The pipeline | — | — |');
  });

  it('counts what a test names', () => {
    expect(table).toContain('Named by a test: 1 of 2.');
  });
});
