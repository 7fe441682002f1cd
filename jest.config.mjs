// Tests run as compiled to dist/ by tools/build, so jest transforms nothing. The suffix of a test
// file decides its project, and only projects that need servers start them.
const shared = {
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/dist'],
  transform: {},
  testEnvironment: '<rootDir>/test/jest/environment.cjs',
};

const withInfrastructure = {
  ...shared,
  globalSetup: '<rootDir>/dist/test/jest/global-setup.js',
  globalTeardown: '<rootDir>/dist/test/jest/global-teardown.js',
};

export default {
  rootDir: import.meta.dirname,
  maxWorkers: 2,
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/test/jest/tally-reporter.mjs'],
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/dist/**/*.unit.spec.js'] },
    { ...withInfrastructure, displayName: 'int', testMatch: ['<rootDir>/dist/**/*.int.spec.js'] },
    { ...withInfrastructure, displayName: 'e2e', testMatch: ['<rootDir>/dist/test/**/*.e2e.spec.js'] },
  ],
};
