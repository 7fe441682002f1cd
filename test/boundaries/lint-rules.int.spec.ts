import { beforeAll, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import type { LintCase, LintFinding } from './lint-texts.js';
import { repository, runScript, SCOPE } from './run-script.js';

interface Violation extends LintCase {
  readonly rule: string;
  readonly message: RegExp;
}

const NX = '@nx/enforce-module-boundaries';

const VIOLATIONS: Readonly<Record<string, Violation>> = {
  'an app imports another app': {
    filePath: 'apps/liveness/src/main.ts',
    source:
      "import { quotaLedgerService } from '../../quota-ledger/src/quota-ledger.service.js';\nquotaLedgerService;\n",
    rule: NX,
    message: /cannot be imported by a relative or absolute path/,
  },
  'a kit imports an app': {
    filePath: 'libs/messaging/src/index.ts',
    source: "export { livenessService } from '../../../apps/liveness/src/liveness.service.js';\n",
    rule: NX,
    message: /cannot be imported by a relative or absolute path/,
  },
  'an app ships test support': {
    filePath: 'apps/liveness/src/main.ts',
    source: `export { waitFor } from '${SCOPE}/testing';\n`,
    rule: NX,
    message: /"type:app" can only depend on libs tagged with/,
  },
  'a kit ships test support': {
    filePath: 'libs/messaging/src/index.ts',
    source: `export { waitFor } from '${SCOPE}/testing';\n`,
    rule: NX,
    message: /"type:kit" can only depend on libs tagged with/,
  },
  'the contracts import a kit': {
    filePath: 'libs/contracts/src/index.ts',
    source: `export { UnitOfWork } from '${SCOPE}/messaging';\n`,
    rule: NX,
    // The kit imports the contracts, so this closes a circle before the tags are looked at.
    message: /Circular dependency between "contracts" and "messaging"/,
  },
  'the contracts import Nest': {
    filePath: 'libs/contracts/src/index.ts',
    source: "export { Module } from '@nestjs/common';\n",
    rule: NX,
    message: /"type:contracts" is not allowed to import "@nestjs\/common"/,
  },
  'a pure library imports zod': {
    filePath: 'libs/domain-kit/src/index.ts',
    source: "export { z } from 'zod';\n",
    rule: NX,
    message: /"type:pure" is not allowed to import "zod"/,
  },
  'a library is entered past its index': {
    filePath: 'apps/liveness/src/main.ts',
    source: `export { EVENTS } from '${SCOPE}/contracts/src/registry.js';\n`,
    rule: 'no-restricted-imports',
    message: /Import what the library lists in its index/,
  },
  'a service reads the environment past its config': {
    filePath: 'apps/liveness/src/main.ts',
    source: "export const home = process.env['HOME'];\n",
    rule: 'no-restricted-syntax',
    message: /read and checked once, in config\.ts/,
  },
  'a service prints': {
    filePath: 'apps/liveness/src/main.ts',
    source: "console.log('ready');\n",
    rule: 'no-console',
    message: /Unexpected console statement/,
  },
  'an index exports everything': {
    filePath: 'libs/contracts/src/index.ts',
    source: "export * from './registry.js';\n",
    rule: 'no-restricted-syntax',
    message: /List what is exported/,
  },
  'a promise floats': {
    filePath: 'apps/liveness/src/main.ts',
    source: 'Promise.resolve(1);\n',
    rule: '@typescript-eslint/no-floating-promises',
    message: /Promises must be awaited/,
  },
  'a value is any': {
    filePath: 'apps/liveness/src/main.ts',
    source: 'export const anything: any = 1;\n',
    rule: '@typescript-eslint/no-explicit-any',
    message: /Unexpected any/,
  },
  'a rule is suppressed inline': {
    filePath: 'apps/liveness/src/main.ts',
    source: "// eslint-disable-next-line no-console\nconsole.log('ready');\n",
    rule: 'no-console',
    message: /Unexpected console statement/,
  },
};

const LAWFUL: Readonly<Record<string, LintCase>> = {
  'an app imports a kit': {
    filePath: 'apps/liveness/src/main.ts',
    source: `export { runService } from '${SCOPE}/service-kit';\n`,
  },
  'a test imports test support': {
    filePath: 'libs/messaging/test/event-delivery.int.spec.ts',
    source: `export { waitFor } from '${SCOPE}/testing';\n`,
  },
};

describe('the lint rules', () => {
  const findings = new Map<string, readonly LintFinding[]>();

  beforeAll(async () => {
    const cases = Object.entries({ ...VIOLATIONS, ...LAWFUL });
    const input = JSON.stringify(cases.map(([, { filePath, source }]) => ({ filePath, source })));
    const script = fileURLToPath(new URL('./lint-texts.js', import.meta.url));
    const answers = JSON.parse(await runScript(script, { cwd: repository, input })) as LintFinding[][];
    cases.forEach(([name], index) => findings.set(name, answers[index] ?? []));
  }, 60_000);

  it.each(Object.entries(VIOLATIONS))('object when %s', (name, { rule, message }) => {
    const messages = findings.get(name)?.filter((finding) => finding.rule === rule);
    expect(messages?.map((finding) => finding.message)).toEqual([expect.stringMatching(message)]);
  });

  it.each(Object.keys(LAWFUL))('say nothing when %s', (name) => {
    expect(findings.get(name)).toEqual([]);
  });
});
