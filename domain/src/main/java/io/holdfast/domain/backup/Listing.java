package io.holdfast.domain.backup;

import io.holdfast.domain.checksum.Checksum;

/**
 * The file beside a volume's tar that names every member of it, in the format of mtree(5), gzipped.
 *
 * @param path relative to the set
 * @param storedBytes its length
 * @param sha256 of the stored bytes
 */
public record Listing(String path, long storedBytes, Checksum sha256) {}
