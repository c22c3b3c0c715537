/**
 * What an address is counted by: an IPv6 network gives each of its devices as many addresses as they like, so all of a
 * /64 are one (RFC 4291, section 2.5.4). A port behind it, which some proxies write, changes with each connection.
 */
export function networkOf(said: string): string {
  const host = hostOf(said) ?? hostOf(`[${said.replace(/%.*$/, '')}]`);
  if (host === undefined) return said;
  if (!host.startsWith('[')) return host;
  const groups = groupsOf(host.slice(1, -1));
  // An IPv4 address in the form of IPv6: by its /64 everybody would be one.
  return /^(0,){5}ffff,/.test(groups.join()) ? asIpv4(groups) : `${groups.slice(0, 4).join(':')}::/64`;
}

const asIpv4 = (groups: readonly string[]): string =>
  groups
    .slice(-2)
    .flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255])
    .join('.');

/** An address as it is always written, if it is one. */
function hostOf(text: string): string | undefined {
  const url = `http://${text}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** All eight groups, those left out by `::` too. */
function groupsOf(address: string): readonly string[] {
  const [before = [], after = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
}
