package io.holdfast.domain.fingerprint;

import io.holdfast.domain.checksum.Checksum;

/**
 * What a volume held.
 *
 * @param files how many members its tree has, the root among them
 * @param bytes how long its regular files are together, holes included
 * @param digest over every member in the order of the tar: path, type, mode, owner, size, content
 *     and extended attributes
 */
public record TreeFingerprint(long files, long bytes, Checksum digest) implements Fingerprint {}
