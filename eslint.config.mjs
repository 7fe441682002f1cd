import nx from '@nx/eslint-plugin';
import { defineConfig } from 'eslint/config';
import { createProjectGraphAsync } from 'nx/src/devkit-exports.js';
import tseslint from 'typescript-eslint';
import { shippedBoundaries, testBoundaries, toolBoundaries } from './tools/lint/boundaries.mjs';
import { fileName } from './tools/lint/file-name.mjs';

// Without a cached graph the Nx rule skips itself with a warning, and lets everything pass.
await createProjectGraphAsync();

const SOURCES = ['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts'];
const TESTS = ['**/*.spec.ts', 'apps/*/test/**/*.ts', 'libs/*/test/**/*.ts', 'test/**/*.ts'];

const DEEP_IMPORT = { regex: '^@absah/[^/]+/', message: 'Import what the library lists in its index.' };
const ENVIRONMENT = { name: 'node:process', importNames: ['env'], message: 'Read it in config.ts.' };

const EXPORT_ALL = {
  selector: 'ExportAllDeclaration',
  message: 'List what is exported: a reader should see the public names.',
};
const DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name, so that a thing has one name everywhere.',
};
const READS_ENVIRONMENT = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'The environment is read and checked once, in config.ts.',
};

const language = {
  files: ['**/*.ts'],
  languageOptions: {
    parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
  },
  rules: {
    '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
    '@typescript-eslint/consistent-type-exports': 'error',
    '@typescript-eslint/no-import-type-side-effects': 'error',
    // `return tx.emit(…)` ends a branch in one line.
    '@typescript-eslint/no-confusing-void-expression': 'off',
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    // A Nest module is a class without members.
    '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
    // `async` also turns a thrown error into a rejection, and makes a fake fit its port.
    '@typescript-eslint/require-await': 'off',
    // `async () => void (await …)` says that the result is not wanted.
    '@typescript-eslint/no-meaningless-void-operator': 'off',
    // Does not know the type arguments of a call: `Promise.withResolvers<void>()`.
    '@typescript-eslint/no-invalid-void-type': 'off',
    // Nest declares its option objects as classes.
    '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    '@typescript-eslint/switch-exhaustiveness-check': 'error',
    '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
  },
};

const habits = {
  files: ['**/*.{ts,mjs,cjs}'],
  plugins: { absah: { rules: { 'file-name': fileName } } },
  rules: {
    'absah/file-name': 'error',
    'max-lines': ['error', { max: 300 }],
    'no-restricted-syntax': ['error', EXPORT_ALL],
    eqeqeq: 'error',
    'prefer-const': 'error',
    'object-shorthand': 'error',
    'no-warning-comments': ['error', { terms: ['fixme', 'xxx', 'hack'] }],
  },
};

const typescriptHabits = {
  files: ['**/*.ts'],
  plugins: { '@nx': nx },
  rules: {
    ...shippedBoundaries,
    'no-restricted-imports': ['error', { patterns: [DEEP_IMPORT], paths: [ENVIRONMENT] }],
    'no-restricted-syntax': ['error', EXPORT_ALL, DEFAULT_EXPORT, READS_ENVIRONMENT],
    'max-lines-per-function': ['error', { max: 50, skipComments: true }],
  },
};

const shipped = { files: SOURCES, rules: { 'no-console': 'error' } };

const tools = { files: ['tools/**/*.ts'], rules: toolBoundaries };

const tests = {
  files: TESTS,
  rules: {
    ...testBoundaries,
    // A describe block is a table of contents, not a function.
    'max-lines-per-function': 'off',
    // A wrong guess fails the test, which is what tests are for.
    '@typescript-eslint/no-non-null-assertion': 'off',
    '@typescript-eslint/no-unsafe-return': 'off',
    '@typescript-eslint/no-unsafe-assignment': 'off',
    '@typescript-eslint/no-unsafe-member-access': 'off',
    '@typescript-eslint/no-unsafe-call': 'off',
    // afterAll runs with half of what beforeAll should have made.
    '@typescript-eslint/no-unnecessary-condition': 'off',
  },
};

const exceptions = [
  {
    // The only place that hands the environment of the process to a service's config schema; and the
    // variables by which jest's global setup tells the test processes what it started, and people tell them
    // where research data is.
    files: [
      '**/config.ts',
      'libs/service-kit/src/run-service.ts',
      'libs/testing/src/datasets-dir.ts',
      'libs/testing/src/full-load.ts',
      'tools/absah/operator-settings.ts',
      'libs/testing/src/shared-infrastructure.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', EXPORT_ALL, DEFAULT_EXPORT] },
  },
  {
    // `unwrap<T>(): T` is declared so by Nest's Server.
    files: ['libs/messaging/src/jetstream-strategy.ts'],
    rules: { '@typescript-eslint/no-unnecessary-type-parameters': 'off' },
  },
  {
    // Descriptions of an API are tables.
    files: ['apps/*/src/openapi/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // Jest calls the default export.
    files: ['test/jest/global-*.ts'],
    rules: { 'no-restricted-syntax': ['error', EXPORT_ALL, READS_ENVIRONMENT] },
  },
];

export default defineConfig(
  { ignores: ['dist/', '.absah/', '.nx/', 'coverage/'] },
  // Nobody suppresses a rule inline. An exception is listed here, with its reason.
  { linterOptions: { noInlineConfig: true } },
  { files: ['**/*.ts'], extends: [tseslint.configs.strictTypeChecked] },
  language,
  habits,
  typescriptHabits,
  shipped,
  tools,
  tests,
  ...exceptions,
);
