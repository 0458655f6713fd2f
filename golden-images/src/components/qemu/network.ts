import { proxies } from '../linux';
import type { Ask } from './guest-files';

/** Addresses of qemu's user network: qemu(1), "-netdev user". There is no server for IPv6 behind it here. */
const NETWORK = { guest: '10.0.2.15/24', host: '10.0.2.2', names: '10.0.2.3' } as const;

/** A proxy on the loopback device of this machine is at another address for the guest. */
export const guestProxies = (here = proxies()): Record<string, string> => Object.fromEntries(
  Object.entries(here).map(([name, value]) => [name, /^no_proxy$/i.test(name) ? value : value.replace(/\b(localhost|127(\.\d+){3})(?=[:/]|$)/, NETWORK.host)]),
);

/**
 * A root that does not bring up its network itself gets the addresses that it would have been given, for this boot. Nothing of that is written
 * to the disk: where /etc/resolv.conf is a file, another one is put before it.
 */
const BRING_UP = `
device=; for each in /sys/class/net/*; do [ -e "$each/device" ] && device=\${each##*/}; done
for wait in 1 2 3 4 5 6 7 8 9 10; do
  if ip -4 route show default | grep -q .; then break; fi
  if ! systemctl --quiet is-active systemd-networkd NetworkManager networking 2> /dev/null; then break; fi
  sleep 2
done
if ! ip -4 route show default | grep -q .; then
  ip link set "$device" up
  ip address add ${NETWORK.guest} dev "$device"
  ip route add default via ${NETWORK.host}
fi
if ! grep -q '^nameserver ${NETWORK.names}' /etc/resolv.conf && [ -f /etc/resolv.conf ] && [ ! -L /etc/resolv.conf ]; then
  echo 'nameserver ${NETWORK.names}' > /run/golden-images/resolv.conf
  chmod 0644 /run/golden-images/resolv.conf
  mount --bind /run/golden-images/resolv.conf /etc/resolv.conf
fi
ip -4 route show default | grep -q .`;

/** Throws nothing: what needs the network says so itself. */
export const bringUp = (ask: Ask): void => {
  ask(BRING_UP);
};
