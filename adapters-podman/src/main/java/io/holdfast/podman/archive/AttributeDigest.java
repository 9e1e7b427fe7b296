package io.holdfast.podman.archive;

import io.holdfast.domain.checksum.Checksum;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A digest over a member's extended attributes and ACLs: SHA-256 of their pax records, each {@code
 * length keyword=value newline}, sorted by keyword.
 *
 * <p>An ACL as text is left out where the same one stands there exactly, as the system's own
 * attribute: the text holds names of users, which another host does not have. SELinux's label is
 * left out always: the host's policy gives it, and not the data's owner.
 */
final class AttributeDigest {

  private static final String SELINUX = "SCHILY.xattr.security.selinux";
  private static final String TEXT_ACL = "SCHILY.acl.";
  private static final String RAW_ACL = "SCHILY.xattr.system.posix_acl_";

  private AttributeDigest() {}

  /** Empty where there is nothing to digest. */
  static Optional<Checksum> of(SortedMap<String, String> attributes) {
    if (attributes.isEmpty()) {
      return Optional.empty();
    }
    MessageDigest digest = Digests.sha256();
    boolean any = false;
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      if (counts(attribute.getKey(), attributes)) {
        digest.update(record(attribute.getKey() + "=" + attribute.getValue() + "\n"));
        any = true;
      }
    }
    return any ? Optional.of(Checksum.of(digest.digest())) : Optional.empty();
  }

  private static boolean counts(String keyword, SortedMap<String, String> attributes) {
    if (keyword.startsWith(TEXT_ACL)) {
      return !attributes.containsKey(RAW_ACL + keyword.substring(TEXT_ACL.length()));
    }
    return !keyword.equals(SELINUX);
  }

  /** The length counts itself, and the blank behind it. */
  private static byte[] record(String text) {
    int length = text.length() + 1;
    int whole = length + Integer.toString(length).length();
    whole = length + Integer.toString(whole).length();
    return (whole + " " + text).getBytes(StandardCharsets.ISO_8859_1);
  }
}
