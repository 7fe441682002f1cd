/**
 * What stays on this machine needs no TLS. `hostname` is as `URL` makes it: short and hexadecimal IPv4
 * addresses are written out, unless the scheme is one that URL does not know; those are not recognised.
 */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || /^(\[::1\]|::1)$/.test(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname);
}
