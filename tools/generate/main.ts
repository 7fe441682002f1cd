import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findDrift, writeFiles } from './generated-file.js';
import { generateFiles } from './generate-files.js';

/** The repository, seen from dist/tools/generate. */
const root = fileURLToPath(new URL('../../..', import.meta.url));

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const files = await generateFiles(root);
const drifted = await findDrift(root, files);

if (!values.check) {
  await writeFiles(root, drifted);
  console.log(`${drifted.length} of ${files.length} generated files changed`);
} else if (drifted.length > 0) {
  console.error('These generated files differ from their sources:');
  for (const { path } of drifted) console.error(`  ${path}`);
  console.error('Run "npm run generate" and commit the result.');
  process.exitCode = 1;
} else {
  console.log(`${files.length} generated files agree with their sources`);
}
