package io.holdfast.podman.archive;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keywords of pax extended headers that tell where a member begins and ends, what it is called,
 * and what else it is known by. Format: IEEE Std 1003.1, pax, "pax Extended Header"; sparse files
 * as GNU tar writes them.
 */
final class PaxRecords {

  /** No file system has larger files; keeps sums of sizes from overflowing. */
  static final long LARGEST_SIZE = Long.MAX_VALUE / 2;

  /** Twice the longest header: what GNU tar writes of one member stands in one. */
  static final int MOST_KEPT = 8 * 1024 * 1024;

  /** What a record takes in memory beside its text, about. */
  private static final int RECORD_COST = 128;

  private static final String PATH = "path";
  private static final String SPARSE_NAME = "GNU.sparse.name";
  private static final String LINK_PATH = "linkpath";
  private static final String SIZE = "size";
  private static final String OWNER = "uid";
  private static final String GROUP = "gid";
  private static final String TIME = "mtime";
  private static final String SPARSE = "GNU.sparse.";
  private static final String SPARSE_OFFSET = "GNU.sparse.offset";
  private static final String SPARSE_LENGTH = "GNU.sparse.numbytes";
  private static final String SPARSE_MAP = "GNU.sparse.map";
  private static final String SPARSE_MAJOR = "GNU.sparse.major";
  private static final String SPARSE_REAL_SIZE = "GNU.sparse.realsize";
  private static final String SPARSE_SIZE = "GNU.sparse.size";
  private static final String TEXT_ACL = "SCHILY.acl.";
  private static final String ATTRIBUTE = "SCHILY.xattr.";
  private static final String RAW_ACL = "SCHILY.xattr.system.posix_acl_";

  private final Map<String, String> values = new HashMap<>();
  private final TreeMap<String, String> attributes = new TreeMap<>();
  private StringBuilder sparsePieces = new StringBuilder();
  private long kept;
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
      case PATH, LINK_PATH, SIZE, OWNER, GROUP, TIME ->
          put(values, keyword, latin1(block, equals + 1, end));
      // Once for each piece, always in turns.
      case SPARSE_OFFSET, SPARSE_LENGTH -> {
        sparsePieces.append(latin1(block, equals + 1, end)).append(',');
        kept += end - equals;
      }
      default -> {
        if (keyword.startsWith(SPARSE)) {
          put(values, keyword, latin1(block, equals + 1, end));
        } else if (keyword.startsWith(ATTRIBUTE) || keyword.startsWith(TEXT_ACL)) {
          put(attributes, keyword, latin1(block, equals + 1, end));
        }
        // Names of users and groups, comments: nothing that tells two members apart.
      }
    }
  }

  private void put(Map<String, String> into, String keyword, String value) {
    String former = into.put(keyword, value);
    kept += value.length() - (former == null ? -keyword.length() - RECORD_COST : former.length());
  }

  /** True when more is kept than any member needs: headers may follow each other without an end. */
  boolean areTooLong() {
    return kept > MOST_KEPT;
  }

  /** Adds what another set of records says where this one says nothing; the text is shared. */
  void inherit(PaxRecords global) {
    global.values.forEach(values::putIfAbsent);
    global.attributes.forEach(attributes::putIfAbsent);
  }

  void clear() {
    values.clear();
    attributes.clear();
    // A builder keeps what it once grew to.
    sparsePieces = new StringBuilder();
    kept = 0;
  }

  Optional<String> path() {
    return Optional.ofNullable(values.get(SPARSE_NAME))
        .or(() -> Optional.ofNullable(values.get(PATH)));
  }

  Optional<String> linkPath() {
    return Optional.ofNullable(values.get(LINK_PATH));
  }

  /** How long its data is in the archive. */
  Optional<Long> size() throws DamagedTarException {
    return number(SIZE);
  }

  Optional<Long> owner() throws DamagedTarException {
    return number(OWNER);
  }

  Optional<Long> group() throws DamagedTarException {
    return number(GROUP);
  }

  /** When it was changed, in seconds with a fraction. */
  Optional<String> time() {
    return Optional.ofNullable(values.get(TIME));
  }

  /** Extended attributes and ACLs, by keyword. */
  SortedMap<String, String> attributes() {
    return attributes;
  }

  /** How long a sparse file is, holes included; empty when it is none. */
  Optional<Long> sparseSize() throws DamagedTarException {
    Optional<Long> size = number(SPARSE_REAL_SIZE);
    return size.isPresent() ? size : number(SPARSE_SIZE);
  }

  /** True where the map of a sparse file stands before its data (format 1.0). */
  boolean mapLeadsData() {
    return "1".equals(values.get(SPARSE_MAJOR));
  }

  /** The map of a sparse file where headers tell it (formats 0.0 and 0.1): numbers and commas. */
  String sparseMap() {
    return values.getOrDefault(SPARSE_MAP, sparsePieces.toString());
  }

  private Optional<Long> number(String keyword) throws DamagedTarException {
    String text = values.get(keyword);
    if (text == null) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= LARGEST_SIZE) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new DamagedTarException(
        "an extended header gives the " + keyword + " \"" + TarMember.readable(text) + "\"");
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
