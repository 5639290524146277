#!/bin/sh
# Installs Debian packages as programs only: none of their services is started, now or at boot, and no database cluster is made.
# A script of its own because it runs as root, and because it must undo its switches even when its caller has died.
# usage: install-packages.sh PACKAGE...        INSTALL_ROOT: another root of the file system, for tests
set -eu
export DEBIAN_FRONTEND=noninteractive

root=${INSTALL_ROOT:-}
policy=$root/usr/sbin/policy-rc.d
cluster_folder=$root/etc/postgresql-common/createcluster.d
cluster_switch=$cluster_folder/stampede.conf
mark='# Put here by Stampede while it installs packages; may be deleted when no installation is running.'
units='rabbitmq-server.service epmd.service epmd.socket etcd.service containerd.service'
stopped=0
log=$(mktemp)

undo() {
  if grep -qsF "$mark" "$policy"; then rm -f "$policy"; fi
  rm -f "$cluster_switch"
  rmdir "$cluster_folder" 2>/dev/null || true
  rm -f "$log"
}

# Writes to a file, because a pipe to a caller that has died would end apt in the middle of its work.
apt_get() {
  [ "$stopped" = 0 ] || exit "$stopped"
  apt-get -q -y -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1 && return
  status=$?
  cat "$log"
  exit "$status"
}

is_there() { [ -e "$root/lib/systemd/system/$1" ] || [ -e "$root/usr/lib/systemd/system/$1" ]; }

disable() {
  if command -v systemctl >/dev/null; then systemctl disable --quiet "$1"; fi
  if [ -e "$root/etc/init.d/${1%.service}" ]; then update-rc.d "${1%.service}" disable; fi
}

trap undo EXIT
# A signal waits until apt has ended: half-configured packages would be worse than a late answer.
trap 'stopped=130' INT TERM HUP

# Someone else's policy stays as it is: noclobber makes "create only if absent" one step.
if (set -C; printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy") 2>/dev/null; then chmod 755 "$policy"; fi
mkdir -p "$cluster_folder"
printf 'create_main_cluster = false\n' >"$cluster_switch"

new_units=
for unit in $units; do is_there "$unit" || new_units="$new_units $unit"; done

apt_get update
apt_get install --no-install-recommends "$@"

# Units that were there before are their owner's.
for unit in $new_units; do if is_there "$unit"; then disable "$unit"; fi; done
exit "$stopped"
