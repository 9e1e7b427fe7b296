# Sourced by bench/remote: an SFTP server and an S3 server on the loopback, ended with the script.
# Uses the caller's `work`, a folder for what lives as long as the run.
# shellcheck shell=bash disable=SC2034,SC2154
start_sshd() {
  ssh_port=$(free_port)
  ssh-keygen -q -t ed25519 -N '' -f "$work/host_key"
  ssh-keygen -q -t ed25519 -N '' -f "$work/key"
  cp "$work/key.pub" "$work/authorized_keys"
  printf '[127.0.0.1]:%s %s\n' "$ssh_port" "$(cut -d' ' -f1,2 "$work/host_key.pub")" >"$work/known_hosts"
  install -d -m 0755 /run/sshd
  cat >"$work/sshd_config" <<END
Port $ssh_port
ListenAddress 127.0.0.1
HostKey $work/host_key
AuthorizedKeysFile $work/authorized_keys
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
Subsystem sftp internal-sftp
END
  /usr/sbin/sshd -D -e -f "$work/sshd_config" 2>"$work/sshd.log" &
  at_exit "kill $! 2>/dev/null; wait $! 2>/dev/null; true"
  await_port "$ssh_port" "$work/sshd.log"
  sftp_target="{url: \"sftp://root@127.0.0.1:$ssh_port$work/srv\", private-key: $work/key, known-hosts: $work/known_hosts}"
  export RCLONE_CONFIG=/dev/null RCLONE_CONFIG_BENCH_SFTP_TYPE=sftp RCLONE_CONFIG_BENCH_SFTP_HOST=127.0.0.1 \
    RCLONE_CONFIG_BENCH_SFTP_PORT=$ssh_port RCLONE_CONFIG_BENCH_SFTP_USER=root \
    RCLONE_CONFIG_BENCH_SFTP_KEY_FILE=$work/key RCLONE_CONFIG_BENCH_SFTP_KNOWN_HOSTS_FILE=$work/known_hosts
}

# The tests' own S3Proxy: buckets are folders, signatures are checked.
start_s3() {
  local storage=$repository/adapters-storage/target s3_port
  [ -f "$storage/test-servers.classpath" ] || die "missing: $storage/test-servers.classpath (mvn -DskipTests package)"
  s3_port=$(free_port)
  mkdir -p "$work/buckets/bench"
  LC_ALL=C.UTF-8 java -Xmx1g -cp "$storage/test-classes:$(<"$storage/test-servers.classpath")" \
    io.holdfast.storage.s3.S3ProxyServer "$s3_port" "$work/buckets" bench benchsecret >"$work/s3.log" 2>&1 &
  at_exit "kill $! 2>/dev/null; wait $! 2>/dev/null; true"
  await_port "$s3_port" "$work/s3.log"
  s3_target="{url: \"s3://bench/sets\", endpoint: \"http://127.0.0.1:$s3_port\", path-style: true, region: us-east-1, access-key: \"\${env:BENCH_ACCESS_KEY}\", secret-key: \"\${env:BENCH_SECRET_KEY}\"}"
  export BENCH_ACCESS_KEY=bench BENCH_SECRET_KEY=benchsecret
  export RCLONE_CONFIG_BENCH_S3_TYPE=s3 RCLONE_CONFIG_BENCH_S3_PROVIDER=Other RCLONE_CONFIG_BENCH_S3_ACCESS_KEY_ID=bench \
    RCLONE_CONFIG_BENCH_S3_SECRET_ACCESS_KEY=benchsecret RCLONE_CONFIG_BENCH_S3_ENDPOINT=http://127.0.0.1:$s3_port
  unset AWS_CA_BUNDLE # rclone does not start with one that it cannot read
}

await_port() { # port, log
  local try
  for try in $(seq 300); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return 0; fi
    sleep 0.1
  done
  die "nothing listens on port $1 after 30 s: $(<"$2")"
}
