#!/usr/bin/perl
# Turns the lines that bench/run has measured into tables: medians, ratios, and how the aims were met.
use strict;
use warnings;

my ( $database_bytes, $dump_bytes, $volume_bytes, $rounds, $cores ) = @ARGV;
my %label = (
    'documented'    => '(a) documented shell way',
    'hand-tuned'    => '(b) hand-tuned shell way',
    'floor'         => '(c) floor: read, keep nothing',
    'holdfast'      => 'holdfast backup, defaults',
    'holdfast-zstd' => 'holdfast backup, volumes by zstd',
    'databases-none'   => 'databases, `fingerprint: none`',
    'databases-counts' => 'databases, `fingerprint: counts`',
    'databases-full'   => 'databases, `fingerprint: full`',
    'volumes-none'     => 'volume, `fingerprint: none`',
    'volumes-full'     => 'volume, `fingerprint: full`',
    'sha256sum'     => 'sha256sum -c',
    'verify'        => 'holdfast verify',
);

my %runs;
while (<STDIN>) {
    my ( $way, $wall, $user, $system, $peak, $server, $stored ) = split;
    push @{ $runs{$way} }, { wall => $wall, cpu => $user + $system, peak => $peak, server => $server / 100, stored => $stored };
}

sub median {
    my ( $way, $what ) = @_;
    my @sorted = sort { $a <=> $b } map { $_->{$what} } @{ $runs{$way} };
    my $middle = int( @sorted / 2 );
    return @sorted % 2 ? $sorted[$middle] : ( $sorted[ $middle - 1 ] + $sorted[$middle] ) / 2;
}

sub spread {
    my ($way) = @_;
    my @sorted = sort { $a <=> $b } map { $_->{wall} } @{ $runs{$way} };
    return sprintf '%.2f-%.2f', $sorted[0], $sorted[-1];
}

sub ratio {
    my ( $way, $to ) = @_;
    return '' unless $runs{$way} && $runs{$to};
    return sprintf '%.2f', median( $way, 'wall' ) / median( $to, 'wall' );
}

printf "A host with two databases of %.0f MB (%.0f MB when dumped uncompressed) and a volume of %.0f MB;"
  . " %d rounds, %d cores; medians.\n\n", $database_bytes / 1e6, $dump_bytes / 1e6, $volume_bytes / 1e6, $rounds, $cores;

if ( $runs{'databases-full'} ) {
    print "| way | wall s | from-to | CPU s | server CPU s | x none |\n|---|--:|--:|--:|--:|--:|\n";
    for my $way (qw(databases-none databases-counts databases-full volumes-none volumes-full)) {
        my ($what) = split /-/, $way;
        printf "| %s | %.2f | %s | %.2f | %.2f | %s |\n", $label{$way}, median( $way, 'wall' ), spread($way),
          median( $way, 'cpu' ), median( $way, 'server' ), ratio( $way, "$what-none" );
    }
    exit;
}

print "| way | wall s | from-to | CPU s | server CPU s | largest process MiB | stored MB | x (a) | x (b) | x (c) |\n";
print "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
for my $way ( grep { $runs{$_} } qw(documented hand-tuned floor holdfast holdfast-zstd) ) {
    printf "| %s | %.2f | %s | %.2f | %.2f | %.0f | %.1f | %s | %s | %s |\n", $label{$way}, median( $way, 'wall' ),
      spread($way), median( $way, 'cpu' ), median( $way, 'server' ), median( $way, 'peak' ) / 1024,
      median( $way, 'stored' ) / 1e6, map { ratio( $way, $_ ) } qw(documented hand-tuned floor);
}
exit unless $runs{verify};

print "\n| way | wall s | from-to | CPU s | largest process MiB | x sha256sum -c |\n|---|--:|--:|--:|--:|--:|\n";
for my $way (qw(sha256sum verify)) {
    printf "| %s | %.2f | %s | %.2f | %.0f | %s |\n", $label{$way}, median( $way, 'wall' ), spread($way),
      median( $way, 'cpu' ), median( $way, 'peak' ) / 1024, ratio( $way, 'sha256sum' );
}

print "\n| aim | at most | reached | |\n|---|--:|--:|---|\n";
for ( [ 'holdfast', 'documented', 0.30 ], [ 'holdfast-zstd', 'hand-tuned', 0.85 ], [ 'verify', 'sha256sum', 0.70 ] ) {
    my ( $way, $to, $aim ) = @{$_};
    my $reached = ratio( $way, $to );
    printf "| %s / %s | %.2f | %s | %s |\n", $label{$way}, $label{$to}, $aim, $reached, $reached <= $aim ? 'met' : 'missed';
}
