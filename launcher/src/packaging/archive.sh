#!/bin/sh
# Makes lib/holdfast.jsa, the class-data archive that lets Holdfast start in a fraction of the time: runs commands on a
# tiny repository, notes which classes they load, and has the JVM dump those.
# Usage: HOLDFAST_JAVA=/path/to/java archive.sh HOLDFAST_HOME WORK TIMESTAMP
set -eu
LC_ALL=C
export LC_ALL
home=$1
work=$2
timestamp=$3

# The JVM takes an archive for jars of the very time of change; in the tar.gz they all have this one.
touch -d "$timestamp" "$home"/lib/*.jar

# The class path, in the one order that the archive will be for. What is looked up by name (a plugin's entry in
# META-INF/services, the few classes that no archive takes) is found in the first jars, before the large ones are opened.
(cd "$home/lib" && ls picocli-*.jar && ls -r holdfast-*.jar && ls | grep '\.jar$' | grep -v -e '^picocli-' -e '^holdfast-') >"$home/lib/class-path"

rm -rf "$work"
set_folder=$work/backups/20260101_000000
mkdir -p "$set_folder/volumes" "$set_folder/databases" "$work/volume"
echo training >"$work/volume/file"
tar -C "$work/volume" -czf "$set_folder/volumes/data.tar.gz" .
tar -C "$work/volume" -cf "$set_folder/volumes/plain.tar" .
echo 'CREATE ROLE training;' >"$set_folder/databases/globals.sql"

# artifact KIND NAME PATH ENCODING: its entry in the manifest.
artifact() {
  printf '{"kind": "%s", "name": "%s", "path": "%s", "storedBytes": %d, "sourceBytes": 10240, "entries": 2,' \
    "$1" "$2" "$3" "$(stat -c %s "$set_folder/$3")"
  printf ' "sha256": "%s", "encoding": "%s", "seconds": 0.5}' "$(sha256sum <"$set_folder/$3" | cut -c 1-64)" "$4"
}
cat >"$set_folder/manifest.json" <<END
{"formatVersion": "1.0", "id": "20260101_000000", "host": "training", "toolVersion": "training",
 "started": "2026-01-01T00:00:00Z", "finished": "2026-01-01T00:00:01.5Z", "status": "COMPLETE", "tag": "training",
 "artifacts": [
$(artifact VOLUME data volumes/data.tar.gz gzip),
$(artifact VOLUME plain volumes/plain.tar none),
$(artifact GLOBALS globals databases/globals.sql none)
]}
END
(cd "$set_folder" && find . -type f ! -name checksums.sha256 -printf '%P\n' | sort | xargs sha256sum >checksums.sha256)
cat >"$work/holdfast.yaml" <<END
host: training
postgres:
  main: {host: 127.0.0.1, port: 1, user: nobody, password: "\${env:HOLDFAST_TRAINING}"}
volumes: {include: ["*"], exclude: ["*"]}
storage:
  local: {url: "file://$work/backups"}
END

# What the commands answer does not matter here, only what they load: the host that builds has no database.
number=0
train() {
  number=$((number + 1))
  HOLDFAST_JAVA_OPTS="-Xshare:off -XX:DumpLoadedClassList=$work/$number.classes" HOLDFAST_TRAINING=none \
    HOLDFAST_STATE=$work/state HOLDFAST_CONFIG=$work/holdfast.yaml "$home/bin/holdfast" "$@" >"$work/$number.out" 2>&1 || true
}

rm -f "$home/lib/holdfast.jsa"
train --version
train --help
train list
train list --json
train show latest
train show latest --json
train verify latest
train verify latest --json
train verify "$set_folder"
train restore volumes latest --dry-run
train backup databases
train check --json

# Threads write to one list, and the process may end amid a line: what is not whole is left out.
awk '/^#/ { next }
  /^@lambda-proxy / { if (NF == 10 && !seen[$0]++) print; next }
  /^@lambda-form-invoker / { if ((NF == 3 || NF == 5) && !seen[$0]++) print; next }
  /^[A-Za-z][A-Za-z0-9_\/$]*$/ { if (!seen[$0]++) print }' "$work"/*.classes >"$work/all.classes"
exec 9<"$home"
class_path=
while read -r jar; do
  class_path=$class_path${class_path:+:}/proc/self/fd/9/lib/$jar
done <"$home/lib/class-path"
"$HOLDFAST_JAVA" -Xshare:dump -Xmx256m -XX:SharedClassListFile="$work/all.classes" \
  -XX:SharedArchiveFile="$home/lib/holdfast.jsa" -cp "$class_path" >"$work/dump.log" 2>&1 || {
  cat "$work/dump.log" >&2
  exit 1
}
