package io.holdfast.application.port.in;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.domain.backup.SetId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists what the targets hold. */
public interface ListBackups {

  /**
   * Every set of one target or of all, newest first, then by target as configured. Each manifest is
   * read once.
   *
   * @param target the one target to look at; empty for all
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when there is no such target
   */
  Listing list(Optional<String> target);

  /**
   * What the targets hold.
   *
   * @param targets those that could be read, as configured
   * @param sets the sets on those
   * @param unread why others could not
   * @param pins the pins on each target, by its name
   */
  record Listing(
      List<String> targets,
      List<ListedSet> sets,
      List<StorageFailure> unread,
      Map<String, Map<SetId, Pin>> pins) {
    public Listing {
      targets = List.copyOf(targets);
      sets = List.copyOf(sets);
      unread = List.copyOf(unread);
      pins = Map.copyOf(pins);
    }

    /** One without pins. */
    public Listing(List<String> targets, List<ListedSet> sets, List<StorageFailure> unread) {
      this(targets, sets, unread, Map.of());
    }

    /** What a copy is pinned with. */
    public Optional<Pin> pin(ListedSet copy) {
      return Optional.ofNullable(pins.getOrDefault(copy.target(), Map.of()).get(copy.id()));
    }

    /**
     * The same sets, each once with all of its copies, newest first. Sets of other hosts that have
     * the same id are others.
     */
    public List<SpreadSet> spread() {
      Map<List<Object>, List<ListedSet>> copies = new LinkedHashMap<>();
      for (ListedSet set : sets) {
        copies
            .computeIfAbsent(List.of(set.id(), set.foreignHost()), unused -> new ArrayList<>())
            .add(set);
      }
      return copies.values().stream().map(same -> new SpreadSet(same, lacking(same))).toList();
    }

    private List<String> lacking(List<ListedSet> same) {
      if (same.stream().noneMatch(ListedSet::isPublished)
          || same.get(0).foreignHost().isPresent()) {
        return List.of();
      }
      return targets.stream()
          .filter(
              target -> same.stream().noneMatch(s -> s.target().equals(target) && s.isPublished()))
          .toList();
    }
  }

  /**
   * A set and where it is.
   *
   * @param copies the set as each target shows it; at least one, and unpublished ones among them
   * @param lacking the targets that have no published copy; none for a set that is nowhere
   *     published, or of another host
   */
  record SpreadSet(List<ListedSet> copies, List<String> lacking) {
    public SpreadSet {
      copies = List.copyOf(copies);
      lacking = List.copyOf(lacking);
    }

    /** The copy that tells most of the set: that of the best state, the first configured. */
    public ListedSet best() {
      return copies.stream().min(Comparator.comparing(ListedSet::state)).orElseThrow();
    }

    /** The targets with a published copy. */
    public List<String> holding() {
      return copies.stream().filter(ListedSet::isPublished).map(ListedSet::target).toList();
    }
  }
}
