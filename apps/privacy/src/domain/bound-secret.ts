/**
 * What is wrapped: the person's secret, and behind it the id that it belongs to. A wrapped key that was moved to another
 * person's row opens, and shows that it is not that person's. The id is inside because a provider that re-wraps by itself
 * (Vault) cannot authenticate anything beside what it wraps.
 */
export const SECRET_BYTES = 32;
const ID_BYTES = 16;

export function bindSecret(secret: Uint8Array, id: Uint8Array): Uint8Array {
  const bound = new Uint8Array(SECRET_BYTES + ID_BYTES);
  bound.set(secret);
  bound.set(id, SECRET_BYTES);
  return bound;
}

/** A window into `bound`: wiping one wipes the other. Undefined when it belongs to another id. */
export function secretOf(bound: Uint8Array, id: Uint8Array): Uint8Array | undefined {
  if (bound.length !== SECRET_BYTES + ID_BYTES || id.length !== ID_BYTES) return undefined;
  const belongs = id.every((byte, index) => bound[SECRET_BYTES + index] === byte);
  return belongs ? bound.subarray(0, SECRET_BYTES) : undefined;
}
