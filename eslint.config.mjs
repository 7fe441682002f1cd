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
    '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    // A Nest module is a class without members.
    '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
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
    '@typescript-eslint/no-non-null-assertion': 'off',
  },
};

const exceptions = [
  {
    // The only place that hands the environment of the process to a service's config schema; and the
    // variable by which jest's global setup tells the test processes what it started.
    files: ['**/config.ts', 'libs/service-kit/src/run-service.ts', 'libs/testing/src/shared-infrastructure.ts'],
    rules: { 'no-restricted-syntax': ['error', EXPORT_ALL, DEFAULT_EXPORT] },
  },
  {
    // Jest calls the default export.
    files: ['test/jest/global-*.ts'],
    rules: { 'no-restricted-syntax': ['error', EXPORT_ALL, READS_ENVIRONMENT] },
  },
];

export default defineConfig(
  { ignores: ['dist/', '.absah/', '.nx/', 'coverage/', 'test/boundaries/fixtures/'] },
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
