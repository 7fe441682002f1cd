import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * Node's own `fetch` takes no authority with a request, so whatever this process asks trusts the platform's,
 * beside those that it trusts anyway. Services name theirs for each connection, and are not touched by it.
 */
export async function trustAuthority(caFile: string): Promise<void> {
  setDefaultCACertificates([...getCACertificates('default'), await readFile(caFile, 'utf8')]);
}
