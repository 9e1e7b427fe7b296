package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.SetMarks;
import io.holdfast.application.port.in.ListedSet;
import io.holdfast.application.port.in.VerifyBackup.Sample;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.domain.backup.RollingSample;
import io.holdfast.domain.backup.RollingSample.StoredFile;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The files of a target that a sample reads.
 *
 * @param bySet the paths, by set
 * @param sample how much that is
 */
record SampleChoice(Map<SetId, Set<String>> bySet, Sample sample) {

  /** Chooses by what verdicts on the target say of when each file was read. */
  static SampleChoice of(SetCatalog catalog, SetMarks marks, Share share) {
    List<StoredFile> stored = stored(catalog, marks.history());
    List<StoredFile> chosen = RollingSample.choose(stored, share);
    Map<SetId, Set<String>> bySet = new TreeMap<>();
    chosen.forEach(
        file -> bySet.computeIfAbsent(file.set(), unused -> new TreeSet<>()).add(file.path()));
    Sample sample =
        new Sample(
            catalog.target().name(), chosen.size(), bytes(chosen), stored.size(), bytes(stored));
    return new SampleChoice(bySet, sample);
  }

  /** The checksums are read with any file of their set. */
  private static List<StoredFile> stored(SetCatalog catalog, Map<SetId, List<Verdict>> history) {
    Set<SetId> published =
        catalog.list().stream()
            .filter(set -> set.isPublished() && set.foreignHost().isEmpty())
            .map(ListedSet::id)
            .collect(Collectors.toSet());
    List<StoredFile> stored = new ArrayList<>();
    catalog
        .files(published)
        .forEach(
            (set, files) ->
                files.stream()
                    .map(file -> stored(set, file, history.getOrDefault(set, List.of())))
                    .filter(file -> !file.path().equals(SetLayout.CHECKSUMS))
                    .forEach(stored::add));
    return stored;
  }

  private static StoredFile stored(SetId set, BlobInfo file, List<Verdict> newestFirst) {
    String path = file.key().value().substring((set + "/").length());
    return new StoredFile(
        set,
        path,
        file.bytes(),
        newestFirst.stream().filter(verdict -> verdict.read(path)).findFirst().map(Verdict::at));
  }

  private static long bytes(List<StoredFile> files) {
    return files.stream().mapToLong(StoredFile::bytes).sum();
  }
}
