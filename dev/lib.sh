# Sourced by the scripts of dev/ and bench/: how they speak, become root and leave no trace.
# shellcheck shell=bash

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly repository
readonly POSTGRES_IMAGE=docker.io/library/postgres:15
readonly APP_IMAGE=localhost/holdfast-demo-app:1
readonly BASE_IMAGE=localhost/holdfast-dev-base:1
export POSTGRES_IMAGE APP_IMAGE BASE_IMAGE

# Results of a script go to stdout; what it is doing goes to stderr.
say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# Packages, debootstrap and rootful Podman all want root. One switch at the start is easier to reason about than
# a sudo here and there, half of the files of which would then belong to somebody else.
become_root() {
  [ "$(id -u)" -ne 0 ] || return 0
  command -v sudo >/dev/null || die "must run as root, or with sudo installed"
  say "needs root: going on under sudo"
  exec sudo --preserve-env=CI,MAVEN_OPTS,MAVEN_ARGS,HOLDFAST_JAVA_OPTS,TMPDIR "$0" "$@"
}

# Under sudo the build folders would stay root's, and the caller's next plain `mvn` would fail on them.
give_back_to_caller() {
  [ -n "${SUDO_UID:-}" ] || return 0
  find "$repository" -xdev -user root -exec chown -h "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" {} +
}

# The gates run on JDK 17, whichever other one the machine prefers.
use_jdk_17() {
  local home
  for home in /usr/lib/jvm/java-17-openjdk-*; do
    if [ -x "$home/bin/javac" ]; then export JAVA_HOME=$home; fi
  done
}

# Work to undo, newest first, however the script ends. `at_exit "command"`.
undo_steps=()

at_exit() { undo_steps+=("$1"); }

keep_what_was_made() { undo_steps=(); }

run_undo_steps() {
  local status=$? step failed=0
  trap '' INT TERM HUP
  set +e
  for ((step = ${#undo_steps[@]} - 1; step >= 0; step--)); do
    eval "${undo_steps[step]}" || {
      say "clean-up failed: ${undo_steps[step]}"
      failed=1
    }
  done
  # A clean-up that failed is a failure, but it never hides an earlier one.
  if [ "$status" -eq 0 ] && [ "$failed" -ne 0 ]; then status=1; fi
  exit "$status"
}

undo_on_every_path() {
  trap run_undo_steps EXIT
  # A signal becomes an exit, so that the one handler above sees every path.
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

install_packages() {
  local log
  log=$(mktemp)
  # Another apt may be at work; wait for it instead of failing.
  quietly "$log" apt-get -o DPkg::Lock::Timeout=900 update
  DEBIAN_FRONTEND=noninteractive quietly "$log" apt-get -o DPkg::Lock::Timeout=900 -y --no-install-recommends \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install "$@"
  rm -f "$log"
}

# Many hundred lines that matter only when it fails.
quietly() { # log, command
  local log=$1
  shift
  "$@" </dev/null >"$log" 2>&1 || {
    cat "$log" >&2
    rm -f "$log"
    die "$1 failed; what it said is above"
  }
}

# A port of the loopback that nobody listens on just now.
free_port() {
  local port
  for _ in $(seq 100); do
    port=$((20000 + RANDOM % 12000))
    # A connection that is refused means that the port is free.
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '%s\n' "$port"
      return 0
    fi
  done
  die "found no free port on 127.0.0.1"
}
