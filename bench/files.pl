#!/usr/bin/perl
# Fills a folder with 250 MB of what an application's volume holds: logs, JSON, pictures, many small files and one
# sparse file. Every byte follows from a fixed seed, so that each run measures the same ones.
use strict;
use warnings;
use integer;

my $folder = shift or die "usage: files.pl FOLDER\n";
my $MB     = 1_000_000;
my $state  = 20251006;

# A generator of our own: perl's differs between builds.
sub number {
    my ($below) = @_;
    $state = ( $state * 1103515245 + 12345 ) & 0x7fffffff;
    return ( $state >> 8 ) % $below;
}

sub write_file {
    my ( $name, $length, $next ) = @_;
    open( my $file, '>:raw', "$folder/$name" ) or die "$folder/$name: $!\n";
    my $left = $length;
    while ( $left > 0 ) {
        my $piece = substr( $next->(), 0, $left );
        print {$file} $piece or die "$folder/$name: $!\n";
        $left -= length $piece;
    }
    close $file or die "$folder/$name: $!\n";
    return;
}

my @words = map { join '', map { ( 'a' .. 'z' )[ number(26) ] } 1 .. 3 + number(8) } 1 .. 3000;

sub sentence {
    return join( ' ', map { $words[ number(2) ? number(60) : number(3000) ] } 1 .. 18 );
}

my $second = 0;

sub log_line {
    $second += number(4);
    return sprintf "2025-10-%02d %02d:%02d:%02d,%03d %-5s [worker-%d] %s\n", 1 + $second / 86400 % 30,
      $second / 3600 % 24, $second / 60 % 60, $second % 60, number(1000),
      ( 'INFO', 'INFO', 'INFO', 'DEBUG', 'WARN' )[ number(5) ], number(8), sentence();
}

sub json_line {
    return sprintf qq({"id":%d,"user":"user%d","page":%d,"text":"%s","rating":0.%d}\n), number( 1 << 20 ),
      number(900), number(40000), sentence(), number(1000);
}

# What a picture or an archive is to a compressor.
sub noise {
    return pack 'n*', map { number(65536) } 1 .. 8192;
}

mkdir "$folder/$_" or die "$folder/$_: $!\n" for qw(logs export attachments pages index);
write_file( "logs/application.log.$_",  9 * $MB, \&log_line )  for 1 .. 10;
write_file( "export/$_.json",           8 * $MB, \&json_line ) for 1 .. 7;
write_file( "attachments/photo $_.jpg", 2 * $MB, \&noise )     for 1 .. 32;
write_file( "pages/$_.txt", 500 + number(10000), \&log_line )  for 1 .. 4000;

# 19 MB long, 3 MB of it on disk.
write_file( 'index/segments', 1 * $MB, \&noise );
open( my $sparse, '+<:raw', "$folder/index/segments" ) or die "index: $!\n";
seek $sparse, 17 * $MB, 0 or die "index: $!\n";
print {$sparse} noise() for 1 .. 122;
close $sparse or die "index: $!\n";
