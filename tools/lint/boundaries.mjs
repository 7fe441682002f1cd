/** Who may depend on whom, by the tag of the project. What every kind of project ships with. */
const SHIPPED = [
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: ['type:kit', 'type:contracts', 'type:pure'],
  },
  {
    sourceTag: 'type:kit',
    onlyDependOnLibsWithTags: ['type:kit', 'type:contracts', 'type:pure'],
  },
  {
    sourceTag: 'type:contracts',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:pure'],
    bannedExternalImports: ['@nestjs/*', 'typeorm', '@nats-io/*', 'fastify', 'pg', 'pino', 'undici'],
  },
  {
    sourceTag: 'type:pure',
    onlyDependOnLibsWithTags: ['type:pure'],
    allowedExternalImports: [],
  },
  {
    sourceTag: 'type:infra',
    onlyDependOnLibsWithTags: ['type:infra', 'type:pure'],
    bannedExternalImports: ['@nestjs/*', 'typeorm'],
  },
  {
    sourceTag: 'type:test',
    onlyDependOnLibsWithTags: ['type:infra', 'type:kit', 'type:contracts', 'type:pure', 'type:test'],
  },
  {
    sourceTag: 'type:tool',
    onlyDependOnLibsWithTags: ['type:infra', 'type:kit', 'type:contracts', 'type:pure'],
  },
];

const FOR_TESTS = ['@jest/globals', 'fast-check'];

function withTestSupport(constraint) {
  return {
    ...constraint,
    onlyDependOnLibsWithTags: [...constraint.onlyDependOnLibsWithTags, 'type:test'],
    ...(constraint.allowedExternalImports && {
      allowedExternalImports: [...constraint.allowedExternalImports, ...FOR_TESTS],
    }),
  };
}

// Nx wants every import of another project to go through its package name. Applications have none on
// purpose: what they let others start is their service definition, and dependency-cruiser
// (.dependency-cruiser.cjs) watches who reaches for it.
const SERVICE_DEFINITION = '^(\\.\\./)+apps/[a-z-]+/src/[a-z-]+\\.service\\.js$';
const API_DESCRIPTION = '^(\\.\\./)+apps/[a-z-]+/src/openapi/[a-z-]+\\.js$';
const DOCUMENTED_DOMAIN = '^(\\.\\./)+apps/[a-z-]+/src/domain/(deadlines|errors|transitions)\\.js$';
const REGISTRY_STAND_IN = '/dukcapil-sandbox/(src/dukcapil-sandbox\\.service|test/sandbox-client)\\.js$';
const TOOLS = '^(\\.\\./)+tools/';

const RULE = '@nx/enforce-module-boundaries';

export const shippedBoundaries = { [RULE]: ['error', { depConstraints: SHIPPED }] };

export const toolBoundaries = {
  [RULE]: [
    'error',
    { depConstraints: SHIPPED, allow: [SERVICE_DEFINITION, API_DESCRIPTION, DOCUMENTED_DOMAIN] },
  ],
};

export const testBoundaries = {
  [RULE]: [
    'error',
    {
      depConstraints: SHIPPED.map(withTestSupport),
      allow: [SERVICE_DEFINITION, REGISTRY_STAND_IN, TOOLS],
      // A test beside src/ may use its library as everybody else does.
      allowCircularSelfDependency: true,
    },
  ],
};
