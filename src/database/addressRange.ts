import { BlockList, isIP } from 'node:net';

/** Where an IP address can be reached from: this machine, a network without a way in from the internet, or anywhere. */
export type AddressRange = 'loopback' | 'private' | 'public';

function blockList(ranges: readonly (readonly [network: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, isIP(network) === 6 ? 'ipv6' : 'ipv4');
  return list;
}

const loopback = blockList([
  ['127.0.0.0', 8],
  ['::1', 128],
]);

/** Not routed on the internet: RFC 1918, 6598 (carriers and clouds), 3927, 4193, 4291. */
const inside = blockList([
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['fc00::', 7],
  ['fe80::', 10],
]);

/** @param ip an IPv4 or IPv6 address; IPv4 inside IPv6 (`::ffff:10.0.0.1`) counts as what it holds */
export function addressRange(ip: string): AddressRange {
  const family = isIP(ip) === 6 ? 'ipv6' : 'ipv4';
  if (loopback.check(ip, family)) return 'loopback';
  return inside.check(ip, family) ? 'private' : 'public';
}
