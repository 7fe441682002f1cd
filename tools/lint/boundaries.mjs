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
const ALLOWED_IN_TOOLS = ['/apps/[a-z-]+/src/[a-z-]+\\.service\\.js$', '/apps/[a-z-]+/src/openapi/[a-z-]+\\.js$'];
const ALLOWED_IN_TESTS = ['/[a-z-]+\\.service\\.js$', '/tools/samples/index\\.js$', '/tools/[a-z-]+/'];

const RULE = '@nx/enforce-module-boundaries';

export const shippedBoundaries = { [RULE]: ['error', { depConstraints: SHIPPED }] };

export const toolBoundaries = { [RULE]: ['error', { depConstraints: SHIPPED, allow: ALLOWED_IN_TOOLS }] };

export const testBoundaries = {
  [RULE]: ['error', { depConstraints: SHIPPED.map(withTestSupport), allow: ALLOWED_IN_TESTS }],
};
