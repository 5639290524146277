#!/bin/sh
# The program of the PostgreSQL image: makes the database on an empty volume, then becomes the server.
# usage: start-postgresql OWNER PASSWORD_FILE CONFIG_FOLDER        CONFIG_FOLDER holds postgresql.conf and pg_hba.conf
set -eu
owner=$1
password_file=$2
config=$3
volume=/var/lib/postgresql
data=$volume/data
PATH=$(echo /usr/lib/postgresql/*/bin):$PATH

as_postgres() { setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; }

chown postgres:postgres "$volume"
if [ ! -e "$data/PG_VERSION" ]; then
  # An attempt that was cut short has left a folder that initdb would refuse.
  rm -rf "$data"
  # Readable for the server's own user only while it is needed.
  install -o postgres -m 0400 "$password_file" "$volume/owner-password"
  as_postgres initdb -D "$data" --username="$owner" --pwfile="$volume/owner-password" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-instructions
  rm "$volume/owner-password"
fi
exec setpriv --reuid=postgres --regid=postgres --clear-groups -- postgres -D "$data" \
  -c "config_file=$config/postgresql.conf" -c "hba_file=$config/pg_hba.conf"
