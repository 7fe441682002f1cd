// The folder rules inside a service, which Nx cannot see, and the rules between files.
// test/boundaries breaks each of them on purpose and expects its name in the report.

const TEST_FILES = '\\.spec\\.ts$|^(apps|libs)/[^/]+/test/|^test/';
const TEST_LIBRARIES = '^libs/(testing|test-bed)/';
const APP = '^apps/([^/]+)/';
const STAND_IN = '^apps/dukcapil-sandbox/(src/dukcapil-sandbox\\.service|test/sandbox-client)\\.ts$';

/** Layers of one service. `$1` is the service that the importing file belongs to. */
const layerRules = [
  {
    name: 'domain-is-pure',
    comment:
      'Decisions know no framework, no schema library, no clock and no I/O: only values and the pure libraries.',
    severity: 'error',
    from: { path: '^apps/([^/]+)/src/domain/', pathNot: TEST_FILES },
    to: { pathNot: ['^apps/$1/src/domain/', '^libs/(domain-kit|biometrics)/'] },
  },
  {
    name: 'application-knows-ports-only',
    comment: 'A use case is handed its database, its engine and its HTTP client through application/ports.',
    severity: 'error',
    from: { path: '^apps/([^/]+)/src/application/', pathNot: TEST_FILES },
    to: {
      path: '^apps/$1/src/',
      pathNot: ['^apps/$1/src/(application|domain)/', '^apps/$1/src/config\\.ts$'],
    },
  },
  {
    name: 'transport-calls-use-cases',
    comment: 'What receives a message or a request neither reads the database nor runs a model.',
    severity: 'error',
    from: { path: '^apps/([^/]+)/src/transport/', pathNot: TEST_FILES },
    to: { path: '^apps/$1/src/(persistence|engine|registry|kek)/' },
  },
  {
    name: 'adapters-serve-ports',
    comment: 'Persistence, engine and registry adapters implement ports; nothing calls inwards through them.',
    severity: 'error',
    from: { path: '^apps/([^/]+)/src/(persistence|engine|registry|kek)/', pathNot: TEST_FILES },
    to: {
      path: '^apps/$1/src/',
      pathNot: ['^apps/$1/src/($2|application|domain)/', '^apps/$1/src/config\\.ts$'],
    },
  },
  {
    name: 'wiring-is-imported-by-wiring',
    comment: 'The module, the service definition and main.ts see everything and are seen by nobody below.',
    severity: 'error',
    from: {
      path: '^apps/[^/]+/src/(domain|application|transport|persistence|engine|registry|kek)/',
      pathNot: TEST_FILES,
    },
    to: { path: '^apps/[^/]+/src/[^/]+\\.(module|service)\\.ts$|^apps/[^/]+/src/main\\.ts$' },
  },
];

const projectRules = [
  {
    name: 'apps-never-import-apps',
    comment: 'Services talk over NATS. A test may start the registry stand-in that it talks to over HTTP.',
    severity: 'error',
    from: { path: APP },
    to: { path: '^apps/', pathNot: ['^apps/$1/', STAND_IN] },
  },
  {
    name: 'stand-in-only-in-tests',
    comment: 'The registry stand-in is never deployed beside production.',
    severity: 'error',
    from: { path: '^(apps/(?!dukcapil-sandbox/)|libs/)', pathNot: TEST_FILES },
    to: { path: '^apps/dukcapil-sandbox/' },
  },
  {
    name: 'libs-never-import-apps',
    severity: 'error',
    from: { path: '^libs/' },
    to: { path: '^(apps|tools|test)/' },
  },
  {
    name: 'apps-ship-without-tools',
    severity: 'error',
    from: { path: '^apps/', pathNot: TEST_FILES },
    to: { path: '^(tools|test)/' },
  },
  {
    name: 'apps-are-entered-by-their-definition',
    comment: 'Tools and journeys start a service or describe its API; its insides are its own.',
    severity: 'error',
    from: { path: '^(tools|test)/' },
    to: {
      path: '^apps/',
      pathNot: [
        '^apps/[^/]+/src/[^/]+\\.service\\.ts$',
        '^apps/[^/]+/src/openapi/',
        '^apps/[^/]+/src/domain/(deadlines|errors|transitions)\\.ts$',
      ],
    },
  },
  {
    name: 'libs-are-entered-by-their-index',
    severity: 'error',
    from: { path: '^(apps|libs|tools|test)/([^/]+)/' },
    to: { path: '^libs/([^/]+)/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/$2/'] },
  },
  {
    name: 'testing-only-in-tests',
    comment: 'What starts servers and fakes ports never ships.',
    severity: 'error',
    from: { pathNot: [TEST_FILES, TEST_LIBRARIES] },
    to: { path: TEST_LIBRARIES },
  },
  {
    name: 'not-to-test-support',
    comment: 'The test framework never ships.',
    severity: 'error',
    from: { path: '^(apps|libs|tools)/', pathNot: TEST_FILES },
    to: { path: 'node_modules/(@jest/|jest|fast-check|@nestjs/testing)' },
  },
];

const fileRules = [
  {
    name: 'no-circular',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'not-to-spec',
    severity: 'error',
    from: {},
    to: { path: '\\.spec\\.ts$' },
  },
  {
    name: 'no-orphans',
    comment: 'A file that nothing imports and that imports nothing is forgotten.',
    severity: 'error',
    from: { orphan: true, pathNot: ['\\.spec\\.ts$', '\\.json$', '^(apps|libs|tools)/[^/]+/README'] },
    to: {},
  },
  {
    name: 'resolvable',
    comment: 'An import that nobody can resolve would slip through every other rule.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'listed-in-package-json',
    severity: 'error',
    from: {},
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
];

module.exports = {
  forbidden: [...layerRules, ...projectRules, ...fileRules],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // A type-only import couples as much as any other.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
