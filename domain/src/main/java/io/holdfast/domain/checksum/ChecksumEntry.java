package io.holdfast.domain.checksum;

/**
 * One file of a set and its checksum.
 *
 * @param checksum of the file's bytes
 * @param path relative to the set, with {@code /} between folders
 */
public record ChecksumEntry(Checksum checksum, String path) {}
