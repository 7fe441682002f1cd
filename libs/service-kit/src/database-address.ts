import { clientTls, isLoopback, type ClientTls } from '@absah/transport-security';

export interface DatabaseAddress {
  readonly url: string;
  readonly ssl?: ClientTls;
}

/** Parameters of libpq: what an operator gives to psql is what a service takes. */
const TLS_PARAMETERS: readonly string[] = ['sslmode', 'sslrootcert'];
const VERIFIED = 'verify-full';

/** TLS with a named authority and a checked host name, or a connection that does not leave this machine. */
export function isProtectedDatabase(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !hasOnlyTlsParameters(url)) return false;
  const [mode, authority] = TLS_PARAMETERS.map((name) => url.searchParams.get(name));
  if (mode === VERIFIED) return Boolean(authority);
  return mode === null && isLoopback(url.hostname);
}

/** Any other parameter may lead the driver to another host, or away from TLS; of two values it takes the last one. */
function hasOnlyTlsParameters({ searchParams }: URL): boolean {
  const names = [...searchParams.keys()];
  return names.every((name, index) => TLS_PARAMETERS.includes(name) && names.indexOf(name) === index);
}

/** The driver's own reading of these parameters would let the server choose TLS 1.2. */
export function databaseAddress(text: string): DatabaseAddress {
  const url = new URL(text);
  const caFile = url.searchParams.get('sslrootcert');
  if (caFile === null) return { url: text };
  for (const name of TLS_PARAMETERS) url.searchParams.delete(name);
  return { url: url.href, ssl: clientTls({ caFile }) };
}
