import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repository, runScript, SCOPE } from './run-script.js';

/** A miniature repository that breaks every folder rule once, one import per file. */
const BROKEN: Readonly<Record<string, readonly [rule: string, file: string, imported: string]>> = {
  'the domain imports a schema library': ['domain-is-pure', 'apps/a/src/domain/schema.ts', 'zod'],
  'the domain imports cryptography': ['domain-is-pure', 'apps/a/src/domain/digest.ts', 'node:crypto'],
  'the domain imports a framework': ['domain-is-pure', 'apps/a/src/domain/injected.ts', '@nestjs/common'],
  'the domain imports transport': [
    'domain-is-pure',
    'apps/a/src/domain/outward.ts',
    '../transport/x.consumer.js',
  ],
  'the domain imports contracts': ['domain-is-pure', 'apps/a/src/domain/wire.ts', `${SCOPE}/contracts`],
  'a use case imports persistence': [
    'application-knows-ports-only',
    'apps/a/src/application/loads.ts',
    '../persistence/x.repository.js',
  ],
  'transport imports persistence': [
    'transport-calls-use-cases',
    'apps/a/src/transport/reads.consumer.ts',
    '../persistence/x.repository.js',
  ],
  'persistence imports transport': [
    'adapters-serve-ports',
    'apps/a/src/persistence/calls.repository.ts',
    '../transport/x.consumer.js',
  ],
  'transport imports the module': [
    'wiring-is-imported-by-wiring',
    'apps/a/src/transport/wires.consumer.ts',
    '../a.module.js',
  ],
  'an app imports another app': [
    'apps-never-import-apps',
    'apps/a/src/reaches.ts',
    '../../b/src/b.module.js',
  ],
  'a test imports another app': [
    'apps-never-import-apps',
    'apps/a/test/reaches.int.spec.ts',
    '../../b/src/b.module.js',
  ],
  'an app ships the registry stand-in': [
    'stand-in-only-in-tests',
    'apps/a/src/plays.ts',
    '../../dukcapil-sandbox/src/dukcapil-sandbox.service.js',
  ],
  'a library imports an app': [
    'libs-never-import-apps',
    'libs/kit/src/climbs.ts',
    '../../../apps/a/src/a.module.js',
  ],
  'an app ships a tool': ['apps-ship-without-tools', 'apps/a/src/borrows.ts', '../../../tools/run/x.js'],
  'a tool opens an app': [
    'apps-are-entered-by-their-definition',
    'tools/run/opens.ts',
    '../../apps/a/src/persistence/x.repository.js',
  ],
  'a library is entered past its index': [
    'libs-are-entered-by-their-index',
    'apps/a/src/digs.ts',
    '../../../libs/contracts/src/inside.js',
  ],
  'an app ships test support': ['testing-only-in-tests', 'apps/a/src/tests.ts', `${SCOPE}/testing`],
  'an app ships a test bed': ['testing-only-in-tests', 'apps/a/src/beds.ts', `${SCOPE}/test-bed`],
  'an app ships the test framework': ['not-to-test-support', 'apps/a/src/expects.ts', '@jest/globals'],
  'source imports a spec': ['not-to-spec', 'apps/a/src/reuses.ts', './x.unit.spec.js'],
  'two files import each other': ['no-circular', 'apps/a/src/one.ts', './other.js'],
  'an import leads nowhere': ['resolvable', 'apps/a/src/lost.ts', './nowhere.js'],
};

const LAWFUL: Readonly<Record<string, string>> = {
  'apps/a/src/domain/decide.ts': `import '${SCOPE}/domain-kit';\n`,
  'apps/a/src/application/ports.ts': "import '../domain/decide.js';\n",
  'apps/a/src/persistence/x.repository.ts': `import '../application/ports.js';\nimport '${SCOPE}/contracts';\n`,
  'apps/a/src/transport/x.consumer.ts': "import '../application/ports.js';\nimport '@nestjs/common';\n",
  'apps/a/src/a.module.ts': "import './transport/x.consumer.js';\nimport './persistence/x.repository.js';\n",
  'apps/a/src/x.unit.spec.ts': `import '${SCOPE}/testing';\nimport '@jest/globals';\n`,
  'apps/a/test/stand-in.int.spec.ts': "import '../../dukcapil-sandbox/src/dukcapil-sandbox.service.js';\n",
  'apps/b/src/b.module.ts': `import '${SCOPE}/contracts';\n`,
  'apps/dukcapil-sandbox/src/dukcapil-sandbox.service.ts': "import '@nestjs/common';\n",
  'libs/contracts/src/index.ts': "export { inside } from './inside.js';\n",
  'libs/contracts/src/inside.ts': 'export const inside = 1;\n',
  'libs/domain-kit/src/index.ts': "import './brand.js';\n",
  'libs/domain-kit/src/brand.ts': 'export type Brand = string;\n',
  'libs/testing/src/index.ts': `import '${SCOPE}/domain-kit';\n`,
  'libs/test-bed/src/index.ts': `import '${SCOPE}/testing';\n`,
  'tools/run/x.ts': "import '../../apps/dukcapil-sandbox/src/dukcapil-sandbox.service.js';\n",
};

const ENTANGLED = {
  'apps/a/src/other.ts': "import './one.js';\n",
  'apps/a/src/forgotten.ts': 'export const x = 1;\n',
};

interface Finding {
  readonly from: string;
  readonly rule: { readonly name: string };
}

async function write(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(root, dirname(path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

async function cruise(root: string): Promise<readonly Finding[]> {
  const args = [
    '--config',
    join(repository, '.dependency-cruiser.cjs'),
    '--output-type',
    'json',
    'apps',
    'libs',
    'tools',
  ];
  const output = await runScript(
    join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
    {
      args,
      cwd: root,
    },
  );
  return (JSON.parse(output) as { summary: { violations: Finding[] } }).summary.violations;
}

async function miniature(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'absah-boundaries-'));
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
  const compilerOptions = {
    module: 'nodenext',
    moduleResolution: 'nodenext',
    paths: { [`${SCOPE}/*`]: ['./libs/*/src/index.ts'] },
  };
  await write(root, LAWFUL);
  await write(root, {
    'tsconfig.json': JSON.stringify({ compilerOptions, include: ['apps', 'libs', 'tools'] }),
  });
  await write(root, {
    'package.json':
      '{ "type": "module", "dependencies": { "zod": "*", "@nestjs/common": "*", "@jest/globals": "*" } }',
  });
  return root;
}

describe('the folder rules', () => {
  let root: string;
  let lawful: readonly Finding[];
  let found: ReadonlySet<string>;

  beforeAll(async () => {
    root = await miniature();
    lawful = await cruise(root);
    const broken = Object.values(BROKEN).map(([, file, imported]) => [file, `import '${imported}';\n`]);
    await write(root, { ...(Object.fromEntries(broken) as Record<string, string>), ...ENTANGLED });
    found = new Set((await cruise(root)).map((finding) => `${finding.rule.name}: ${finding.from}`));
  }, 60_000);

  afterAll(async () => {
    await rm(root, { recursive: true, force: true });
  });

  it('say nothing about a lawful service', () => {
    expect(lawful).toEqual([]);
  });

  it.each(Object.entries(BROKEN))('object when %s', (_, [rule, file]) => {
    expect([...found]).toContain(`${rule}: ${file}`);
  });

  it('object to a file that nobody imports', () => {
    expect([...found]).toContain('no-orphans: apps/a/src/forgotten.ts');
  });
});
