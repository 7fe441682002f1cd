import { isLoopback } from '@absah/transport-security';
import { z } from 'zod';

/**
 * Base address of an application of the registry. NIKs, faces and passwords go there, so it is https; only
 * on this machine, where the stand-in runs, nobody listens in between.
 */
export const registryUrl = z
  .url({ protocol: /^https?$/ })
  .refine(isPrivate, 'expected https, or a loopback address');

function isPrivate(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || isLoopback(url.hostname));
}
