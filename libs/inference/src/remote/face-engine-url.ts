import { isLoopback } from '@absah/transport-security';
import { z } from 'zod';

/** Whole pictures travel there, so it is https wherever the line leaves this machine. */
export const faceEngineUrl = z.url({ protocol: /^https?$/ }).refine(isPrivate);

function isPrivate(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || isLoopback(url.hostname));
}
