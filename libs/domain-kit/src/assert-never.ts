/** Makes the compiler prove that a union is handled completely. */
export function assertNever(value: never): never {
  throw new Error(`unhandled variant: ${typeof value}`);
}
