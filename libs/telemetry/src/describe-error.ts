import { masked, maskedNumbers } from './mask.js';

/** A missing provider or a list of wrong settings takes several lines to say. */
const MAX_MESSAGE_LENGTH = 1_000;
const MAX_CAUSES = 5;
const MAX_FRAMES = 20;
/** `at name (file:line:column)`, with or without the name. */
const FRAME = /^\s+at .{1,400}:\d+:\d+\)?$/;
const CODE = /^[A-Z0-9_.]{1,64}$/;

interface DescribedError {
  readonly type: string;
  readonly code?: string;
  readonly kind?: string;
  readonly message: string;
}

interface DescribedChain extends DescribedError {
  readonly causes?: readonly DescribedError[];
  readonly stack?: readonly string[];
}

/**
 * Picks what is known to be harmless; everything else that an error carries (the query and the
 * parameters of a database error, the body of a failed request) stays out.
 */
export function describeError(thrown: unknown, options: { readonly withStack: boolean }): DescribedChain {
  const causes = causesOf(thrown).map(describeOne);
  const stack = options.withStack ? framesOf(thrown) : [];
  return {
    ...describeOne(thrown),
    ...(causes.length > 0 && { causes }),
    ...(stack.length > 0 && { stack }),
  };
}

function describeOne(thrown: unknown): DescribedError {
  if (!(thrown instanceof Error))
    return { type: typeof thrown, message: 'something that is not an Error was thrown' };
  const { code, kind } = thrown as { code?: unknown; kind?: unknown };
  return {
    type: masked(thrown.name),
    ...(typeof code === 'string' && CODE.test(code) && { code: masked(code) }),
    ...(typeof kind === 'string' && { kind: masked(kind) }),
    message: masked(thrown.message, MAX_MESSAGE_LENGTH),
  };
}

function causesOf(thrown: unknown): readonly unknown[] {
  const causes: unknown[] = [];
  let next = causeOf(thrown);
  while (next !== undefined && causes.length < MAX_CAUSES) {
    causes.push(next);
    next = causeOf(next);
  }
  return causes;
}

function causeOf(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return undefined;
  // A refused connection comes as one AggregateError per address, with an empty message of its own.
  return thrown.cause ?? (thrown instanceof AggregateError ? thrown.errors[0] : undefined);
}

/** The frames alone: the first lines of a stack repeat the message, unmasked. */
function framesOf(thrown: unknown): readonly string[] {
  if (!(thrown instanceof Error) || !thrown.stack) return [];
  return thrown.stack
    .replace(thrown.message, '')
    .split('\n')
    .filter((line) => FRAME.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => maskedNumbers(line.trim()));
}
