import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';

/** Source that some file of the repository might hold. */
export interface LintCase {
  /** An existing file: it decides the project, the layer and the exceptions. */
  readonly filePath: string;
  readonly source: string;
}

export interface LintFinding {
  readonly rule: string | null;
  readonly message: string;
}

// A process of its own: jest's module registry cannot load ESLint's configuration and Nx' native parts.
const cases = JSON.parse(await text(process.stdin)) as readonly LintCase[];
const eslint = new ESLint({
  cwd: process.cwd(),
  // Under CI=true the parser would read every file once from disk, and never see the text that it is given.
  overrideConfig: { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } },
});
const findings: LintFinding[][] = [];
for (const { filePath, source } of cases) {
  const results = await eslint.lintText(source, { filePath });
  findings.push(
    results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => ({ rule: ruleId, message }))),
  );
}
process.stdout.write(JSON.stringify(findings));
