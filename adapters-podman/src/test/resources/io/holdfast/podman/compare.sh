# Prints every difference between the folders $1 and $2; $3 is a file name to work with.
set -eu
# Content is the same both ways or not at all: it is read once.
rsync -aHAXn --checksum --itemize-changes --delete "$1/" "$2/"
rsync -aHAXn --itemize-changes --delete "$2/" "$1/"
# What rsync does not compare: times to the nanosecond, blocks on disk, every attribute's bytes.
tell() {
  cd "$1"
  find . -printf '%P %y %m %U:%G %T@ %n\0' | sort -z
  find . ! -type d -printf '%P %s\0' | sort -z
  find . -type f -printf '%P %b\0' | sort -z
  find . ! -type l -print0 | sort -z | xargs -0 getfattr -d -m - -e hex --absolute-names --
  find . ! -type l -print0 | sort -z | xargs -0 getfacl -n -p --
}
(tell "$1") | tr '\0' '\n' > "$3.1"
(tell "$2") | tr '\0' '\n' > "$3.2"
test -s "$3.1"
diff "$3.1" "$3.2" | head -40
