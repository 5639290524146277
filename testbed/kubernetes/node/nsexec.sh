#!/bin/sh
# Runs a command in namespaces of another process, for the daemon of Chaos Mesh, which expects its own program of this name.
# usage: nsexec [-l] [-m|-i|-n|-p /proc/PID/ns/X]... -- COMMAND...        -l: with the files of here, whatever -m says
set -eu
mount=
others=
keep_files=
while [ "$1" != -- ]; do
  case $1 in
    -l) keep_files=yes && shift && continue ;;
    -m) mount="--mount=$2" ;;
    -i) others="$others --ipc=$2" ;;
    -n) others="$others --net=$2" ;;
    -p) others="$others --pid=$2" ;;
    *) echo "nsexec: $1 is not known here" >&2 && exit 64 ;;
  esac
  shift 2
done
[ -z "$keep_files" ] || mount=
# Word splitting is wanted: each is an option of nsenter.
# shellcheck disable=SC2086
exec nsenter $mount $others "$@"
