import { BlockList, isIP } from 'node:net';

/**
 * Into which networks addresses may lead that people give us [R24.6]: public ones alone, also to
 * this machine, or to any.
 */
export type Reach = 'public' | 'loopback' | 'any';

/** Not on the public internet, by the registries of IANA for special purposes. */
const SPECIAL_V4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 ' +
  '192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4';
/** Everything public in version 6 is in here, and of it these are not, or lead to version 4. */
const PUBLIC_V6 = '2000::/3';
const SPECIAL_V6 = '2001::/23 2001:db8::/32 2002::/16 3fff::/20';

const listOf = (networks: string, family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const network of networks.split(' ')) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
};

const specialV4 = listOf(SPECIAL_V4, 'ipv4');
const specialV6 = listOf(SPECIAL_V6, 'ipv6');
const publicV6 = listOf(PUBLIC_V6, 'ipv6');
const loopbackV4 = listOf('127.0.0.0/8', 'ipv4');

/** Whether an IP address may be connected to. */
export function mayReach(address: string, reach: Reach): boolean {
  if (reach === 'any') return true;
  const isV4 = isIP(address) === 4;
  if (reach === 'loopback' && (isV4 ? loopbackV4.check(address) : address === '::1')) return true;
  return isV4 ? !specialV4.check(address) : publicV6.check(address, 'ipv6') && !specialV6.check(address, 'ipv6');
}

/**
 * What is wrong with an address that people give us, as far as it says itself; null = nothing. What
 * its name leads to is judged whenever it is called.
 */
export function faultOfAddress(text: string, reach: Reach): string | null {
  if (!URL.canParse(text)) return 'must be an address that begins with https://';
  const { protocol, hostname, username, password } = new URL(text);
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const isPlain = protocol === 'http:' && reach !== 'public';
  if ((protocol !== 'https:' && !isPlain) || username !== '' || password !== '')
    return 'must be an address that begins with https://';
  const named = /(^|\.)localhost$/.test(host) ? '127.0.0.1' : host;
  return isIP(named) !== 0 && !mayReach(named, reach) ? 'must not lead into a private network' : null;
}
