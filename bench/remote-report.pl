#!/usr/bin/perl
# Turns the lines that bench/remote has measured into a table: medians, rates, ratios to the peers.
use strict;
use warnings;

my ( $bytes, $rounds, $cores ) = @ARGV;
my %runs;
while (<STDIN>) {
    my ( $way, $wall, $user, $system, $peak ) = split;
    push @{ $runs{$way} }, { wall => $wall, cpu => $user + $system, peak => $peak };
}

sub median {
    my ( $way, $what ) = @_;
    my @sorted = sort { $a <=> $b } map { $_->{$what} } @{ $runs{$way} };
    my $middle = int( @sorted / 2 );
    return @sorted % 2 ? $sorted[$middle] : ( $sorted[ $middle - 1 ] + $sorted[$middle] ) / 2;
}

my %rows = (
    'to SFTP'   => [qw(sftp-put rclone-sftp-put holdfast-sftp-put)],
    'from SFTP' => [qw(sftp-get rclone-sftp-get holdfast-sftp-get)],
    'to S3'     => [qw(rclone-s3-put holdfast-s3-put)],
    'from S3'   => [qw(rclone-s3-get rclone-s3-sha256 holdfast-s3-get)],
);

sub name {
    my ($way) = @_;
    my ($program) = $way =~ /^([a-z]+)/;
    return $way =~ /sha256/ ? "$program | sha256sum" =~ s/\|/\\|/r : $program;
}

printf "One artifact of %.0f MB, -Xmx128m; %d rounds, %d cores; medians.\n\n", $bytes / 1e6, $rounds, $cores;
print "| way | wall s | MB/s | CPU s | largest process MiB | throughput x peer |\n|---|--:|--:|--:|--:|---|\n";
for my $direction ( 'to SFTP', 'from SFTP', 'to S3', 'from S3' ) {
    my @ways = @{ $rows{$direction} };
    my $ours = $ways[-1];
    for my $way (@ways) {
        my $ratios = $way ne $ours ? '' : join ', ',
          map { sprintf '%.2f x %s', median( $_, 'wall' ) / median( $ours, 'wall' ), name($_) } @ways[ 0 .. $#ways - 1 ];
        printf "| %s, %s | %.2f | %.0f | %.2f | %.0f | %s |\n", name($way), $direction, median( $way, 'wall' ),
          $bytes / 1e6 / median( $way, 'wall' ), median( $way, 'cpu' ), median( $way, 'peak' ) / 1024, $ratios;
    }
}
my ( $slowest ) = sort { $b <=> $a } map { median( $_, 'wall' ) } qw(holdfast-local-put holdfast-sftp-put holdfast-s3-put);
printf "| holdfast, to a local folder | %.2f | %.0f | %.2f | %.0f | |\n", median( 'holdfast-local-put', 'wall' ),
  $bytes / 1e6 / median( 'holdfast-local-put', 'wall' ), median( 'holdfast-local-put', 'cpu' ),
  median( 'holdfast-local-put', 'peak' ) / 1024;
printf "| holdfast, to all three in one pass | %.2f | %.0f | %.2f | %.0f | time: %.2f x the slowest of them alone |\n",
  median( 'holdfast-all-put', 'wall' ), $bytes / 1e6 / median( 'holdfast-all-put', 'wall' ),
  median( 'holdfast-all-put', 'cpu' ), median( 'holdfast-all-put', 'peak' ) / 1024,
  median( 'holdfast-all-put', 'wall' ) / $slowest;
