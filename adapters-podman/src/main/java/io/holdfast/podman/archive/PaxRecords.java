package io.holdfast.podman.archive;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keywords of pax extended headers that tell where a member begins and ends and what it is
 * called. Format: IEEE Std 1003.1, pax, "pax Extended Header"; sparse files as GNU tar writes them.
 */
final class PaxRecords {

  /** No file system has larger files; keeps sums of sizes from overflowing. */
  static final long LARGEST_SIZE = Long.MAX_VALUE / 2;

  private static final String PATH = "path";
  private static final String SPARSE_NAME = "GNU.sparse.name";
  private static final String LINK_PATH = "linkpath";
  private static final String SIZE = "size";
  private static final String TEXT_ACL = "SCHILY.acl.";
  private static final String RAW_ACL = "SCHILY.xattr.system.posix_acl_";

  private final Map<String, String> values = new HashMap<>();
  private boolean textAcls;
  private boolean rawAcls;

  /**
   * Adds the records of one header block: {@code length keyword=value newline}, again and again.
   */
  void read(byte[] block, int length) throws DamagedTarException {
    int at = 0;
    while (at < length && block[at] != 0) {
      int start = at;
      int recordLength = 0;
      while (at < length && block[at] >= '0' && block[at] <= '9') {
        recordLength = Math.min(recordLength * 10 + block[at++] - '0', length + 1);
      }
      int end = start + recordLength;
      if (at == start || at >= length || block[at] != ' ' || end > length || end <= at + 2) {
        throw new DamagedTarException("an extended header is malformed");
      }
      keep(block, at + 1, end - 1);
      at = end;
    }
  }

  private void keep(byte[] block, int start, int end) throws DamagedTarException {
    int equals = start;
    while (equals < end && block[equals] != '=') {
      equals++;
    }
    if (equals == end || block[end] != '\n') {
      throw new DamagedTarException("an extended header is malformed");
    }
    String keyword = latin1(block, start, equals);
    textAcls |= keyword.startsWith(TEXT_ACL);
    rawAcls |= keyword.startsWith(RAW_ACL);
    switch (keyword) {
      case PATH, SPARSE_NAME, LINK_PATH, SIZE ->
          values.put(keyword, latin1(block, equals + 1, end));
      default -> {
        // Times, owners, extended attributes: theirs is to be extracted, not to be walked by.
      }
    }
  }

  /** Adds what another set of records says where this one says nothing. */
  void inherit(PaxRecords global) {
    global.values.forEach(values::putIfAbsent);
  }

  void clear() {
    values.clear();
  }

  Optional<String> path() {
    return Optional.ofNullable(values.get(SPARSE_NAME))
        .or(() -> Optional.ofNullable(values.get(PATH)));
  }

  Optional<String> linkPath() {
    return Optional.ofNullable(values.get(LINK_PATH));
  }

  Optional<Long> size() throws DamagedTarException {
    String size = values.get(SIZE);
    if (size == null) {
      return Optional.empty();
    }
    try {
      long bytes = Long.parseLong(size);
      if (bytes >= 0 && bytes <= LARGEST_SIZE) {
        return Optional.of(bytes);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new DamagedTarException("an extended header gives the size \"" + size + "\"");
  }

  boolean sawTextAcls() {
    return textAcls;
  }

  boolean sawRawAcls() {
    return rawAcls;
  }

  private static String latin1(byte[] block, int start, int end) {
    return new String(block, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
