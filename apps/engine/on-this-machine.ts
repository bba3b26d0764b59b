/**
 * Whether a server's address can only mean this machine: a loopback address or a Unix socket. One that cannot be read,
 * or that leads on to others (a cluster's members, a name that is looked up), is not.
 */
export function isOnThisMachine(url: string): boolean {
  return /^postgres(ql)?:/u.test(url)
    ? postgresHosts(url).every(isLocal)
    : eventStoreHosts(url).every(isLocal);
}

/** `esdb://user:password@host:port?options`; several hosts are a cluster, whose members gossip tells of. */
function eventStoreHosts(url: string): readonly string[] {
  const [, authority = ''] = /^(?:esdb|kurrentdb):\/\/([^/?]*)/u.exec(url) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return [host.replace(/:\d+$/u, '')];
}

/** The driver prefers `?host=` to the address; without either it takes what PGHOST says. */
function postgresHosts(url: string): readonly string[] {
  if (!URL.canParse(url)) return [''];
  const { hostname, searchParams } = new URL(url);
  const named = searchParams.getAll('host');
  return named.length > 0 ? named : [decodeURIComponent(hostname)];
}

const isLocal = (host: string): boolean => host.startsWith('/') || isLoopback(host);

/** Whether an address to listen at, or a host in a URL, is one that only this machine reaches. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/u.test(host);
