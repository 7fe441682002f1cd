import { sandboxDocument } from '../../apps/dukcapil-sandbox/src/openapi/sandbox-document.js';
import { asyncApiDocument } from './asyncapi/async-api-document.js';
import { natsServerConfig } from './deployment/nats-server-config.js';
import { jsonFile, type GeneratedFile } from './generated-file.js';
import { isolationMatrix } from './isolation/isolation-matrix.js';
import { captureIntakeDocument } from './openapi/capture-intake-document.js';
import { caseStatesReference } from './reference/case-states-reference.js';
import { configSections } from './reference/config-keys.js';
import { configReference, exampleEnvironment } from './reference/config-reference.js';
import { messagesReference } from './reference/messages-reference.js';
import { problemCodes } from './reference/problem-codes.js';
import { problemCodesReference } from './reference/problem-codes-reference.js';
import { qualityMeasuresReference } from './reference/quality-measures-reference.js';
import { readSources } from './source-file.js';
import { parseRequirements } from './traceability/requirements.js';
import { traceabilityTable } from './traceability/traceability-table.js';

const CODE = ['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts'];
const SPECS = ['{apps,libs,tools,test}/**/*.spec.ts', 'tools/bench/**/*.ts'];
const DOCUMENTS = ['*.md', 'apps/*/*.md', 'libs/*/*.md', 'docs/**/*.md'];
const SHARED_CONFIG = ['libs/service-kit/src/load-config.ts'];
const OWN_CONFIG = ['apps/*/src/config.ts'];
const REQUIREMENTS = 'docs/requirements.md';

export async function generateFiles(root: string): Promise<readonly GeneratedFile[]> {
  return [
    jsonFile('docs/asyncapi/asyncapi.json', asyncApiDocument()),
    jsonFile('docs/openapi/capture-intake.json', await captureIntakeDocument()),
    jsonFile('docs/openapi/dukcapil-sandbox.json', sandboxDocument()),
    { path: 'deploy/nats/nats-server.conf', content: natsServerConfig() },
    ...(await referenceFiles(root)),
    { path: 'docs/traceability.md', content: await traceability(root) },
  ];
}

async function referenceFiles(root: string): Promise<readonly GeneratedFile[]> {
  const sections = configSections([
    ...(await readSources(root, SHARED_CONFIG)),
    ...(await readSources(root, OWN_CONFIG)),
  ]);
  const codes = problemCodes(await readSources(root, CODE));
  return [
    { path: '.env.example', content: exampleEnvironment(sections) },
    { path: 'docs/reference/case-states.md', content: caseStatesReference(sections) },
    { path: 'docs/reference/broker-permissions.md', content: isolationMatrix() },
    { path: 'docs/reference/config.md', content: configReference(sections) },
    { path: 'docs/reference/messages.md', content: messagesReference() },
    { path: 'docs/reference/problem-codes.md', content: problemCodesReference(codes) },
    { path: 'docs/reference/quality-measures.md', content: qualityMeasuresReference() },
  ];
}

async function traceability(root: string): Promise<string> {
  const list = await readSources(root, [REQUIREMENTS]);
  const generated = new Set([REQUIREMENTS, 'docs/traceability.md']);
  const documents = await readSources(root, DOCUMENTS);
  return traceabilityTable(
    parseRequirements(list.map(({ text }) => text).join('\n')),
    await readSources(root, SPECS),
    documents.filter(({ path }) => !generated.has(path) && !path.startsWith('docs/reference/')),
  );
}
