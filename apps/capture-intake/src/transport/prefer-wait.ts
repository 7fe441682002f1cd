const MAX_WAIT_SECONDS = 10;

/** Seconds of `Prefer: wait=…` (RFC 7240), at most ten. Undefined when it was not asked for or makes no sense. */
export function preferredWait(header: string | string[] | undefined): number | undefined {
  const preferences = [header ?? []].flat().join(',').split(',');
  const wait = preferences
    .map((preference) => /^\s*wait\s*=\s*"?(\d+)"?\s*(?:;|$)/i.exec(preference))
    .find(Boolean);
  return wait ? Math.min(Number(wait[1]), MAX_WAIT_SECONDS) : undefined;
}
