#!/bin/sh
# Starts Holdfast. It finds itself through symbolic links and needs a Java runtime of version 17 or later, from
# $HOLDFAST_JAVA (the java program), $JAVA_HOME or the path. Options for the JVM go into $HOLDFAST_JAVA_OPTS; they come
# last, so that -Xmx96m there wins. Nothing here starts a second JVM, and `exec` lets signals reach the one that is started.

fail() {
  printf 'holdfast: error: %s\n  hint: %s\n' "$1" "$2" >&2
  exit 10
}

self=$0
case $self in
  /*) started=$self ;;
  *) started=$PWD/$self ;;
esac
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=${self%/*}/$link ;;
  esac
done
case $self in
  */*) ;;
  *) self=./$self ;;
esac
home=$(cd "${self%/*}/.." && pwd -P) || fail "cannot find the folder of $self" 'start it by its whole path'

if [ -n "${HOLDFAST_JAVA:-}" ]; then
  java=$HOLDFAST_JAVA
elif [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
  java=$JAVA_HOME/bin/java
else
  java=$(command -v java) ||
    fail 'there is no java on the path' 'install a Java 17 runtime, or name one with HOLDFAST_JAVA=/path/to/java'
fi
[ -x "$java" ] || fail "$java is no program" 'correct HOLDFAST_JAVA or JAVA_HOME'

# The runtime says its version in a file beside it; a runtime without one is taken at its word.
runtime=$(readlink -f "$java")
runtime=${runtime%/bin/java}
if [ -r "$runtime/release" ]; then
  while IFS='=' read -r key value; do
    [ "$key" = JAVA_VERSION ] || continue
    version=${value#\"}
    version=${version%%[!0-9]*}
    [ "${version:-17}" -ge 17 ] ||
      fail "the Java runtime in $runtime is too old: $value" 'Holdfast needs Java 17 or later; name one with HOLDFAST_JAVA'
    break
  done <"$runtime/release"
fi

# The JVM refuses a class-data archive when the class path is not, to the letter, what it was made with. Reached through
# an open descriptor the path is the same wherever Holdfast is installed.
root=$home
if [ -d /proc/self/fd ] && exec 9<"$home" && [ -d /proc/self/fd/9/lib ]; then
  root=/proc/self/fd/9
fi
LC_ALL=C.UTF-8 # names of files are bytes, whatever the operator's locale says
export LC_ALL
class_path=
while read -r jar; do
  class_path=$class_path${class_path:+:}$root/lib/$jar
done <"$root/lib/class-path"

# Who only waits, and starts this script anew for each run, needs little.
heap=256m
previous=
for word; do
  [ "$previous $word" != 'schedule run' ] || heap=32m
  previous=$word
done

# Plugins are no part of the class path: each has a class loader of its own.
set -- -Dholdfast.launcher="$started" -Dholdfast.plugins="$home/plugins" -cp "$class_path" io.holdfast.launcher.Main "$@"
[ -t 0 ] && set -- -Dholdfast.terminal.in=true "$@"
[ -t 1 ] && set -- -Dholdfast.terminal.out=true "$@"
if [ -t 2 ]; then
  size=$(stty size <&2 2>/dev/null)
  set -- -Dholdfast.terminal.err=true -Dholdfast.terminal.columns="${size#* }" "$@"
fi

# -Xlog:disable: an archive that does not fit this JVM is passed over without a word, least of all one on stdout.
# shellcheck disable=SC2086 # HOLDFAST_JAVA_OPTS is a list of words
exec "$java" -Xlog:disable -Xshare:auto -XX:SharedArchiveFile="$root/lib/holdfast.jsa" \
  -Xmx$heap -XX:+UseSerialGC -XX:-UsePerfData -Dguice_bytecode_gen_option=DISABLED \
  ${HOLDFAST_JAVA_OPTS:-} "$@"
