#!/bin/sh
# Unpacks packages of a release of Debian, with all that they need to run, into a folder. Installs nothing: apt works on lists of
# its own in that folder, the packages' own scripts are not run, and no rights of root are needed.
# usage: fetch-debian.sh FOLDER RELEASE PACKAGE...
set -eu
folder=$1
release=$2
shift 2
apt=$folder/apt
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

[ -r "$keyring" ] || { echo "there is no $keyring"; exit 1; }
mkdir -p "$apt/lists/partial" "$apt/archives/partial"
: >"$apt/status"

# The machine's own mirror of Debian, if it has one.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 2>/dev/null | head -n 1)
echo "deb [signed-by=$keyring] ${mirror:-http://deb.debian.org/debian} $release main" >"$apt/sources.list"

# Read after the machine's settings, so that its proxies hold and its lists and hooks do not.
cat >"$apt/apt.conf" <<END
#clear APT::Update;
#clear DPkg::Post-Invoke;
Dir::State "$apt/";
Dir::State::status "$apt/status";
Dir::Cache "$apt/";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "-";
Dir::Etc::preferences "-";
Dir::Etc::preferencesparts "-";
APT::Install-Recommends "false";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Debug::NoLocking "true";
END

apt_get() { apt-get -q -y -c "$apt/apt.conf" "$@"; }

apt_get update
# The last four: packages of which Debian says that they are always there.
apt_get install --download-only "$@" base-files dash coreutils sed
for package in "$apt"/archives/*.deb; do dpkg-deb --extract "$package" "$folder"; done
rm -rf "$apt"
