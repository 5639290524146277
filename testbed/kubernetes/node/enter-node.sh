#!/bin/sh
# Becomes a program that sees the folders of the machine in which Kubernetes, containerd and CNI have fixed paths as copies of its own:
# what is written there lies in the cluster's folder. In a mount namespace of its own, so that nothing has to be undone.
# usage: enter-node.sh FOLDER BIN COMMAND...        FOLDER takes what is written, BIN stands in for /usr/local/bin
set -eu
folder=$1
bin=$2
shift 2

for each in /var/lib /var/log /run; do
  mkdir -p "$folder$each/upper" "$folder$each/work"
  mount -t overlay -o "lowerdir=$each,upperdir=$folder$each/upper,workdir=$folder$each/work" stampede "$each"
done
mount --bind "$bin" /usr/local/bin
exec "$@"
