#!/bin/sh
# Becomes a program in a root folder of its own, with the machine's kernel interfaces and one more folder in it.
# Runs in a mount namespace of its own, so that nothing has to be undone.
# usage: enter-root.sh ROOT FOLDER COMMAND...
set -eu
root=$1
folder=$2
shift 2

for each in /proc /dev /sys "$folder"; do
  mkdir -p "$root$each"
  mount --rbind "$each" "$root$each"
done
exec chroot "$root" "$@"
