import type { WireRequest } from './message';

/**
 * Why a request cannot be one of a client on this machine; undefined when nothing speaks against it. A page of any site can send
 * requests to this machine, by its address or by a name that was bound to it; browsers say in headers that no script can set where a
 * request comes from. That Node's own fetch sends `Sec-Fetch-Mode` makes it no browser.
 * Source: https://www.w3.org/TR/fetch-metadata/ and https://fetch.spec.whatwg.org/#origin-header.
 */
export function foreignSender({ headers }: Pick<WireRequest, 'headers'>, port: number): string | undefined {
  if (headers.origin !== undefined) return `it has an Origin (${headers.origin}), as requests of web pages have`;
  const site = headers['sec-fetch-site'];
  if (site === 'same-site' || site === 'cross-site') return `it comes from a web page (Sec-Fetch-Site: ${site})`;
  return ownHost(headers.host ?? '', port) ? undefined : `its Host is '${headers.host ?? ''}' and not localhost:${port}`;
}

/** The addresses of this machine, and names below localhost: buckets and function URLs have such ones. Clients leave out port 80. */
function ownHost(host: string, port: number): boolean {
  const [, name, given] = /^(.+?)(?::(\d+))?$/.exec(host.toLowerCase()) ?? [];
  if (name === undefined || Number(given ?? 80) !== port) return false;
  return ['127.0.0.1', '[::1]'].includes(name) || /^(?:[\w-]+\.)*localhost$/.test(name);
}
