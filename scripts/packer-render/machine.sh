# A root file system as a machine that Packer can work on: machine.sh ROOT KEYS PORT [SERVICE...]. To be run in namespaces of its own, with which
# all of it ends. The SSH server comes back when it is killed, which stands for a restart.
set -euo pipefail
root=$1 keys=$2 port=$3
shift 3
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs tmpfs "$root/tmp"
mount -t tmpfs tmpfs "$root/dev"
for device in null zero full random urandom tty; do touch "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"; done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"; ln -s fd/1 "$root/dev/stdout"; ln -s fd/2 "$root/dev/stderr"
cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
mkdir -p "$root/run/sshd" "$root/run/golden-images"
chmod 0755 "$root/run/sshd"
install -m 0600 "$keys/host" "$root/run/golden-images/host"
install -m 0600 "$keys/client.pub" "$root/run/golden-images/authorized_keys"
cat > "$root/run/golden-images/sshd_config" <<EOF
ListenAddress 127.0.0.1
Port $port
HostKey /run/golden-images/host
AuthorizedKeysFile /run/golden-images/authorized_keys
PermitRootLogin prohibit-password
PasswordAuthentication no
UsePAM no
StrictModes no
PidFile /run/golden-images/sshd.pid
Subsystem sftp internal-sftp
EOF
# Ends the server and the session that it is called from.
cat > "$root/run/golden-images/restart" <<'EOF'
session=$$
while [ "$(cat "/proc/$session/comm")" != sshd ]; do session=$(sed -n 's/^PPid:[[:space:]]*//p' "/proc/$session/status"); done
kill -9 "$(cat /run/golden-images/sshd.pid)" "$session"
EOF
for service in "$@"; do chroot "$root" systemctl start "$service"; done
while :; do
  chroot "$root" /usr/sbin/sshd -D -f /run/golden-images/sshd_config || true
  sleep 1
done
