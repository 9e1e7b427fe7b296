#!/bin/bash
# Fills the folder that is its first argument with one of everything that a volume can hold.
set -euo pipefail
cd "$1"
umask 022
printf 'plain\n' > plain.txt
: > empty
mkdir -p -- deep/empty-folder 'with space/and more' $'line\nbreak' '-dash'
printf 'x\n' > 'with space/and more/file name.txt'
printf 'x\n' > $'line\nbreak/new\nline'
printf 'x\n' > ./-dash/-rf
printf 'x\n' > $'not-utf8-\xff\xfe\x80'
printf 'x\n' > $'latin1-\xe4\xf6'
mkdir $'folder-\xff'
printf 'x\n' > $'folder-\xff/inside'
printf 'x\n' > $'\xc3\xa9t\xc3\xa9 \xe2\x9c\x93'
printf 'x\n' > $'quote\'s "double" back\\slash * ? [a] $HOME `x` \t tab \r return'
printf 'x\n' > $'control-\x01-\x7f'
printf 'x\n' > "$(printf '%0255d' 7)"
long=deep
for i in 1 2 3 4 5 6; do long=$long/$(printf 'folder-%060d' $i); done
mkdir -p "$long"
printf 'far down\n' > "$long/file"

printf 'linked\n' > hard-one
ln hard-one deep/hard-two
ln hard-one 'with space/hard three'
ln -s plain.txt link-relative
ln -s /etc/hostname link-absolute
ln -s ../../../../outside link-climbing
ln -s nowhere/at/all link-dangling
ln -s "$long/$(printf '%0120d' 3)" link-long
ln link-relative link-hard
mkfifo -m 0640 fifo

printf 'start' > sparse
truncate -s 40M sparse
printf 'end' >> sparse
truncate -s 8M hole
head -c 2000000 /dev/urandom > random

printf 'setuid\n' > setuid; chmod 4755 setuid
printf 'setgid\n' > setgid; chmod 2710 setgid
mkdir sticky; chmod 1777 sticky
printf 'no rights\n' > no-rights; chmod 0000 no-rights
mkdir shut; printf 'x\n' > shut/in; chmod 0000 shut
printf 'owned\n' > owned; chown 12345:54321 owned
printf 'big id\n' > big-id; chown 3000000:2500000 big-id
chown -h 70:70 link-relative
printf 'labelled\n' > xattrs
setfattr -n user.comment -v 'a value' xattrs
setfattr -n user.binary -v 0x00ff0a22 xattrs
setfattr -n user.folder -v yes deep
setfattr -n trusted.mark -v 'root only' xattrs
setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 setgid
printf 'acl\n' > acl
setfacl -m u:12345:rw,g:999:r,m::rw acl
mkdir acl-default; setfacl -m u:12345:rwx -d -m u:12345:rx,g:54321:rwx acl-default
printf 'inherits\n' > acl-default/inherits

touch -h -d '1985-10-26 01:21:00.123456789 UTC' link-dangling
touch -d '1965-03-02 10:00:00.5 UTC' plain.txt
touch -d '2107-11-05 06:07:08.000000001 UTC' empty
touch -d '2001-02-03 04:05:06.789 UTC' fifo deep/empty-folder deep
setfattr -n user.root -v 'the root folder' .
chown 999:999 .
chmod 02770 .
touch -d '2011-12-13 14:15:16.171819202 UTC' .
