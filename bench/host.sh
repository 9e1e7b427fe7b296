# Sourced by bench/run: the generated host, a PostgreSQL cluster of its own and one Podman volume.
# Uses the caller's `here` (the folder of these files) and `work` (a folder for what lives as long as the run).
# shellcheck shell=bash disable=SC2034,SC2154
readonly postgres_bin=/usr/lib/postgresql/15/bin
readonly volume=holdfast-bench-files
readonly databases=(bench_one bench_two)

start_cluster() {
  port=$(free_port)
  install -d -o postgres -g postgres -m 0700 "$work/cluster"
  # initdb's defaults, untouched: the figures are those of a server that nobody has tuned.
  as_postgres "$postgres_bin/initdb" -D "$work/cluster" -U bench -A trust -E UTF8 --locale=C.UTF-8 >"$work/initdb.log"
  as_postgres "$postgres_bin/pg_ctl" -D "$work/cluster" -w -s -l "$work/cluster/server.log" \
    -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$work/cluster" start
  at_exit "as_postgres '$postgres_bin/pg_ctl' -D '$work/cluster' -m fast -w -s stop"
  postmaster=$(head -n 1 "$work/cluster/postmaster.pid")
  export PGHOST=127.0.0.1 PGPORT=$port PGUSER=bench
}

as_postgres() { setpriv --reuid=postgres --regid=postgres --init-groups -- env -C / "$@"; }

fill_database() {
  createdb "$1"
  psql -X -q -v ON_ERROR_STOP=1 -v scale="$2" -d "$1" -f "$here/databases.sql"
  # Otherwise the first round would pay for what autovacuum does during the later ones.
  psql -X -q -d "$1" -c 'VACUUM (FREEZE, ANALYZE)' -c CHECKPOINT
}

fill_volume() {
  podman volume create "$volume" >/dev/null
  at_exit "podman volume rm '$volume' >/dev/null"
  files=$(podman volume inspect --format '{{.Mountpoint}}' "$volume")
  perl "$here/files.pl" "$files"
}

generate_host() {
  local filling
  start_cluster
  fill_database "${databases[0]}" 168 &
  filling=$!
  fill_database "${databases[1]}" 84
  wait "$filling"
  fill_volume
  database_bytes=$(psql -X -At -d postgres -c "SELECT sum(pg_database_size(datname)) FROM pg_database WHERE datname LIKE 'bench_%'")
  dump_bytes=$(for database in "${databases[@]}"; do pg_dump -Fc -Z0 "$database"; done | wc -c)
  volume_bytes=$(find "$files" -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%d", sum }')
}

# In hundredths of a second: the server and every backend that has ended since it started.
server_ticks() { awk '{ sub(/^.*\) /, ""); print $12 + $13 + $14 + $15 }' "/proc/$postmaster/stat"; }
