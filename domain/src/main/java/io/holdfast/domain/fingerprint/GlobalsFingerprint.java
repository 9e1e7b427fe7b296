package io.holdfast.domain.fingerprint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The roles of a cluster. Passwords are no part of it.
 *
 * @param roles each role's attributes, memberships and settings as a digest, by its name
 * @param memberships what each role that is a member of others inherits from them and may become,
 *     by its name: {@code readers: INHERIT, SET}; none for servers before PostgreSQL 16, where a
 *     membership has no such options, and in fingerprints of versions that did not look at it
 */
public record GlobalsFingerprint(
    SortedMap<String, String> roles, SortedMap<String, String> memberships) implements Fingerprint {

  public GlobalsFingerprint {
    roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
    memberships = Collections.unmodifiableSortedMap(new TreeMap<>(memberships));
  }

  /** What another cluster lacks, or has otherwise; what it has beside is not held against it. */
  public List<Difference> differencesOf(GlobalsFingerprint restored) {
    List<Difference> differences = new ArrayList<>();
    roles.forEach(
        (name, digest) -> {
          String subject = "role " + name;
          String other = restored.roles.getOrDefault(name, "");
          if (other.isEmpty()) {
            differences.add(new Difference(subject, "is missing"));
          } else if (!other.equals(digest)) {
            differences.add(
                new Difference(subject, "has other attributes, memberships or settings"));
          } else if (!memberships.isEmpty() && !restored.memberships.isEmpty()) {
            compareMemberships(subject, name, restored, differences);
          }
        });
    return differences;
  }

  private void compareMemberships(
      String subject, String role, GlobalsFingerprint restored, List<Difference> differences) {
    String mine = memberships.getOrDefault(role, "");
    String theirs = restored.memberships.getOrDefault(role, "");
    if (!mine.equals(theirs)) {
      differences.add(new Difference(subject, "was a member with " + mine + "; is with " + theirs));
    }
  }
}
