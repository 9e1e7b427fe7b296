# The ways that are measured. Run by bench/remote as `bash remote-ways.sh WAY`, with the servers in the environment.
# shellcheck shell=bash
set -euo pipefail
way=$1
cd "$BENCH_WORK"
sftp=(sftp -q -b - -P "$BENCH_SSH_PORT" -c aes128-gcm@openssh.com -i "$BENCH_WORK/key" -o IdentitiesOnly=yes
  -o "UserKnownHostsFile=$BENCH_WORK/known_hosts" 127.0.0.1)
holdfast() { "$BENCH_TOOL" --quiet --config "$BENCH_WORK/$1.yaml" "${@:2}"; }

# Peers read the same bytes back, and keep nothing; Holdfast reads its set, and compares its checksums.
case $way in
  sftp-put) printf 'put artifact.tar %s/srv/artifact.tar\n' "$BENCH_WORK" | "${sftp[@]}" ;;
  sftp-get) printf 'get %s/artifact.tar /dev/null\n' "$BENCH_WORK" | "${sftp[@]}" ;;
  rclone-sftp-put) rclone copyto artifact.tar "bench_sftp:$BENCH_WORK/srv/artifact.tar" ;;
  rclone-sftp-get) rclone cat "bench_sftp:$BENCH_WORK/artifact.tar" >/dev/null ;;
  rclone-s3-put) rclone copyto artifact.tar bench_s3:bench/artifact.tar ;;
  rclone-s3-sha256) rclone cat bench_s3:bench/artifact.tar | sha256sum ;;
  rclone-s3-get) rclone cat bench_s3:bench/artifact.tar >/dev/null ;;
  holdfast-*-put)
    name=${way#holdfast-}
    holdfast "${name%-put}" backup volumes
    ;;
  holdfast-*-get)
    name=${way#holdfast-}
    holdfast "${name%-get}" verify latest
    ;;
  *)
    printf 'remote-ways.sh: no way called %s\n' "$way" >&2
    exit 2
    ;;
esac
