# The ways that are measured. Run by bench/run as `bash ways.sh WAY TARGET`, with the host in the environment.
# shellcheck shell=bash
set -euo pipefail
way=$1
target=$2
read -ra databases <<<"$BENCH_DATABASES"

case $way in
  # The documented shell way, one step after the other, every program as it comes.
  documented)
    for database in "${databases[@]}"; do
      pg_dump -Fc -f "$target/$database.dump" "$database"
    done
    tar -C "$BENCH_FILES" -cf - . | gzip >"$target/files.tar.gz"
    cd "$target"
    sha256sum -- * >checksums.sha256
    ;;
  # What somebody who knows the tools would write: fast compression on all cores, hashed while it passes.
  hand-tuned)
    for database in "${databases[@]}"; do
      pg_dump -Fc -Z0 "$database" | zstd -q -3 -T0 | tee "$target/$database.dump.zst" | sha256sum >"$target/$database.sum"
    done
    tar -C "$BENCH_FILES" -cf - . | zstd -q -3 -T0 | tee "$target/files.tar.zst" | sha256sum >"$target/files.sum"
    ;;
  # Reading alone. Through cat, since tar reads no file when it sees that it writes to /dev/null.
  floor)
    for database in "${databases[@]}"; do
      pg_dump -Fc -Z0 "$database" | cat >/dev/null
    done
    tar -C "$BENCH_FILES" -cf - . | cat >/dev/null
    ;;
  holdfast | holdfast-zstd) "$BENCH_TOOL" --quiet --config "$BENCH_CONFIGS/$way.yaml" backup ;;
  databases-* | volumes-*) "$BENCH_TOOL" --quiet --config "$BENCH_CONFIGS/$way.yaml" backup "${way%%-*}" ;;
  verify) "$BENCH_TOOL" --quiet --config "$BENCH_CONFIGS/holdfast.yaml" verify latest ;;
  sha256sum)
    cd "$BENCH_SETS"/*/
    sha256sum --quiet -c checksums.sha256
    ;;
  *)
    printf 'ways.sh: no way called %s\n' "$way" >&2
    exit 2
    ;;
esac
