# Fills the folder $1 with everything that a volume can hold.
set -eu
cd "$1"
echo setuid > setuid; chmod 4755 setuid
echo setgid > setgid; chmod 2755 setgid; chown 1234:5678 setgid
mkdir sticky; chmod 1777 sticky
echo x > plain; chmod 0640 plain; chown 999:999 plain; ln plain hard; mkdir -p a; ln plain a/hard-elsewhere
ln -s /etc/passwd absolute; ln -s nowhere dangling; ln -s ../plain a/relative; ln -s a link-to-folder
chown -h 33:44 absolute
mkfifo fifo; mknod null c 1 3; mknod disk b 7 0; chmod 0600 disk
truncate -s 100M sparse; printf data | dd of=sparse bs=1 seek=50000000 conv=notrunc status=none
truncate -s 3M hole-only
dd if=/dev/urandom of=holes bs=4k count=1 status=none
for i in 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 32 34 36 38 40; do
  dd if=/dev/urandom of=holes bs=4k count=1 seek=$i conv=notrunc status=none
done
setfattr -n user.binary -v 0x00ff0a3d00 plain; setfattr -n user.empty plain
setfattr -n trusted.note -v trusted plain; setfattr -n user.folder -v yes a
cp /bin/true capable; setcap cap_net_raw+ep capable
setfacl -m u:1234:rw,g:4321:r plain; setfacl -m u:daemon:rwx a; setfacl -d -m u:4711:rwx,g::rx a
mkdir a/inherits; echo y > a/inherits/file
touch -- 'with space' '  leading' 'trailing ' "$(printf 'new\nline')" 'back\slash' "quote'\"" '-dash' '*star'
touch "$(printf 'latin1-\344\366\374')" "$(printf 'bytes-\001\177\377\376')" 'ünï-✓'
touch "$(printf 'n%.0s' $(seq 255))"
deep=.; for i in $(seq 12); do deep="$deep/$(printf 'd%.0s' $(seq 100))"; done; mkdir -p "$deep"; echo deep > "$deep/file"
ln "$deep/file" "$deep/hard"; ln -s "$(printf 't%.0s' $(seq 400))" long-target
mkdir empty; mkdir -m 0000 closed; : > zero
head -c 3000000 /dev/urandom > random
i=0; mkdir many; while [ $i -lt 300 ]; do echo $i > many/$i; i=$((i+1)); done
chown -R 999:999 many
touch -h -d '2001-02-03 04:05:06.123456789' absolute plain a/inherits/file
touch -d '1969-12-31 23:00:00.5' zero; touch -d '2100-01-01 00:00:00.25' random
touch -d '2003-03-03 03:03:03.030303030' many a/inherits empty
chown 999:999 .; chmod 02770 .; setfattr -n user.root -v root .
touch -d '2005-05-05 05:05:05.050505050' .
