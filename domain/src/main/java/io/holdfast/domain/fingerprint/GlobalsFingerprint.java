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
 */
public record GlobalsFingerprint(SortedMap<String, String> roles) implements Fingerprint {

  public GlobalsFingerprint {
    roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
  }

  /** What another cluster lacks, or has otherwise; what it has beside is not held against it. */
  public List<Difference> differencesOf(GlobalsFingerprint restored) {
    List<Difference> differences = new ArrayList<>();
    roles.forEach(
        (name, digest) -> {
          String other = restored.roles.getOrDefault(name, "");
          if (other.isEmpty()) {
            differences.add(new Difference("role " + name, "is missing"));
          } else if (!other.equals(digest)) {
            differences.add(
                new Difference("role " + name, "has other attributes, memberships or settings"));
          }
        });
    return differences;
  }
}
