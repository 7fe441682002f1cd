import { basename } from 'node:path';

// `.`-separated parts in kebab-case: reserve-hit.ts, quota.consumer.ts, reserve-hit.unit.spec.ts.
const KEBAB_CASE = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.(ts|mjs|cjs)$/;
// A name that says nothing attracts everything.
const SAYS_NOTHING = /(^|[-.])(utils?|helpers?|commons?|misc|manager)([-.])/;

/** Files are named in kebab-case after the idea that they hold. */
export const fileName = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      notKebabCase: 'Name the file in kebab-case plus role: reserve-hit.ts, quota.consumer.ts.',
      saysNothing: 'Name the idea in the file, or put its content where it is used.',
    },
  },
  create(context) {
    const name = basename(context.filename);
    return {
      Program(node) {
        if (!KEBAB_CASE.test(name)) context.report({ node, messageId: 'notKebabCase' });
        if (SAYS_NOTHING.test(name)) context.report({ node, messageId: 'saysNothing' });
      },
    };
  },
};
