const VERSION_AT = '00000000-0000-'.length;

/**
 * RFC 9562 version 7 id: 48 bits of milliseconds, then randomness. Ids made later sort later,
 * so that primary keys append to their index instead of scattering over it.
 */
export function uuidV7(now: Date = new Date()): string {
  const time = now.getTime().toString(16).padStart(12, '0');
  // Variant and randomness are those of a version 4 id, which the runtime makes from a pool: several
  // are made per verification, and asking the kernel each time costs a hundred times as much.
  const random = crypto.randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(VERSION_AT + 1)}`;
}
