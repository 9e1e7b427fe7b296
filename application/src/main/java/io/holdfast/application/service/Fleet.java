package io.holdfast.application.service;

import io.holdfast.application.catalog.HostFolders;
import io.holdfast.application.catalog.SetShelf;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.catalog.TargetDoor;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.StorageFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The targets, each listed once, with the folders of this host or of every host on it. */
final class Fleet implements AutoCloseable {

  private final String self;
  private final List<Place> places = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  /**
   * @param self this host's name
   */
  Fleet(String self) {
    this.self = self;
  }

  /** Looks at this host's folder on a target. */
  void add(Target target) {
    try {
      SetShelf shelf = new SetShelf();
      target.store().list("", shelf);
      places.add(new Place(target, Optional.empty(), Map.of(self, shelf), Optional.empty()));
    } catch (StorageFailure failure) {
      places.add(new Place(target, Optional.empty(), Map.of(), Optional.of(failure)));
    }
  }

  /** Looks at every host's folder on a target, where its url has a place for their names. */
  void addAll(Target target, TargetDoor door) {
    try {
      Optional<HostFolders> folders = door.hosts(target);
      if (folders.isPresent()) {
        addAll(target, folders.get());
        return;
      }
      remarks.add(
          "Target "
              + target.name()
              + " has no {host} in the path of its url: of it, "
              + self
              + " alone is shown.");
    } catch (ConfigurationFailure failure) {
      remarks.add(
          "The folders of other hosts on target "
              + target.name()
              + " cannot be looked at: "
              + failure.getMessage());
    }
    add(target);
  }

  private void addAll(Target target, HostFolders folders) {
    Place failed = new Place(target, Optional.of(folders), Map.of(), Optional.empty());
    places.add(failed);
    try {
      Map<String, SetShelf> shelves = folders.shelves();
      places.set(
          places.size() - 1, new Place(target, Optional.of(folders), shelves, Optional.empty()));
    } catch (StorageFailure failure) {
      places.set(
          places.size() - 1,
          new Place(target, Optional.of(folders), Map.of(), Optional.of(failure)));
    }
  }

  /** What was not looked at. */
  List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** This host, then the others that have a folder anywhere, by their names. */
  Set<String> hosts() {
    Set<String> others = new TreeSet<>();
    places.forEach(place -> others.addAll(place.shelves.keySet()));
    Set<String> hosts = new LinkedHashSet<>(List.of(self));
    hosts.addAll(others);
    return hosts;
  }

  /** The targets on which a host's folder is to be expected. */
  List<Place> placesOf(String host) {
    return places.stream().filter(place -> place.folders.isPresent() || host.equals(self)).toList();
  }

  @Override
  public void close() {
    RuntimeException first = null;
    for (Place place : places) {
      try {
        place.folders.ifPresent(HostFolders::close);
      } catch (RuntimeException failure) {
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /**
   * A target.
   *
   * @param folders the folders of all hosts; empty where this host's alone is looked at
   * @param shelves what the listing has shown, by host
   * @param failure why there was no listing
   */
  record Place(
      Target target,
      Optional<HostFolders> folders,
      Map<String, SetShelf> shelves,
      Optional<StorageFailure> failure) {

    /** The folder of a host. */
    Target of(String host) {
      return folders.map(all -> all.of(host, target)).orElse(target);
    }

    /** What is in it: nothing where there is none. */
    SetShelf shelf(String host) {
      return Optional.ofNullable(shelves.get(host)).orElseGet(SetShelf::new);
    }
  }
}
