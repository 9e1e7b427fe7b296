#!/usr/bin/env bash
# Prepares a data directory on the first start, by the environment variables that the official image documents, and
# hands over to the server, which becomes the container's first process and gets its signals.
set -euo pipefail

fail() {
  printf 'entrypoint: %s\n' "$*" >&2
  exit 1
}

# setting NAME DEFAULT: the value of $NAME, or of the file that $NAME_FILE names.
setting() {
  local direct=${!1:-} file_variable=${1}_FILE
  local file=${!file_variable:-}
  if [ -n "$file" ]; then
    [ -z "$direct" ] || fail "set $1 or $file_variable, not both"
    direct=$(<"$file")
  fi
  printf '%s' "${direct:-$2}"
}

go_on_as_postgres() {
  mkdir -p "$PGDATA" /var/run/postgresql
  find "$PGDATA" /var/run/postgresql \! -user postgres -exec chown postgres {} +
  chmod 0700 "$PGDATA"
  chmod 3775 /var/run/postgresql
  HOME=/var/lib/postgresql exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
}

create_cluster() {
  local -a arguments=(--username="$user" --pwfile=/dev/fd/3)
  [ -n "$password" ] || [ "$auth_method" = trust ] ||
    fail "POSTGRES_PASSWORD is empty: set it, or POSTGRES_HOST_AUTH_METHOD=trust to let everybody in"
  # Split like a command line: the variable holds several options, some with quoted values.
  eval "arguments+=($init_arguments)"
  # initdb refuses an empty password file.
  [ -n "$password" ] || unset 'arguments[1]'
  initdb "${arguments[@]}" 3< <(printf '%s\n' "$password")
  printf '\nhost all all all %s\n' "$auth_method" >>"$PGDATA/pg_hba.conf"
}

# Set-up happens on the local socket alone: nobody may connect to a server that is half prepared.
start_private_server() { pg_ctl -D "$PGDATA" -w -o "-c listen_addresses=''" start; }

stop_private_server() { pg_ctl -D "$PGDATA" -m fast -w stop; }

sql() { psql -X -v ON_ERROR_STOP=1 --no-password --username "$user" "$@"; }

create_database() {
  [ "$database" != postgres ] || return 0
  sql --dbname postgres -v name="$database" <<<'CREATE DATABASE :"name";'
}

# One that may not be executed is read into this shell, as the official image does.
run_script() {
  # shellcheck disable=SC1090
  if [ -x "$1" ]; then "$1"; else . "$1"; fi
}

run_init_files() {
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) run_script "$file" ;;
      *.sql) sql --dbname "$database" -f "$file" ;;
      *.sql.gz) gunzip -c "$file" | sql --dbname "$database" ;;
      *.sql.xz) xzcat "$file" | sql --dbname "$database" ;;
      *.sql.zst) zstd -dc "$file" | sql --dbname "$database" ;;
      '/docker-entrypoint-initdb.d/*') ;; # the folder is empty
      *) printf 'entrypoint: leaving %s alone\n' "$file" ;;
    esac
  done
}

prepare_data_directory() {
  # The shell is process 1 here, which the kernel spares a signal that it does not catch.
  trap 'stop_private_server || true; exit 143' INT TERM
  create_cluster
  start_private_server
  create_database
  run_init_files
  stop_private_server
  trap - INT TERM
}

# Options alone are the server's; another program is run as it is, and so is a question that needs no data.
case ${1:-} in
  '' | -*) set -- postgres "$@" ;;
esac
[ "$1" = postgres ] || exec "$@"
case " $* " in
  *' --help '* | *' -? '* | *' --version '* | *' -V '*) exec "$@" ;;
esac
[ "$(id -u)" -ne 0 ] || go_on_as_postgres "$@"

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  user=$(setting POSTGRES_USER postgres)
  password=$(setting POSTGRES_PASSWORD '')
  database=$(setting POSTGRES_DB "$user")
  init_arguments=$(setting POSTGRES_INITDB_ARGS '')
  auth_method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
  prepare_data_directory
fi
unset POSTGRES_PASSWORD
exec "$@"
