package io.holdfast.storage.state;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.out.history.DrillLedger;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.storage.disk.DiskFailures;
import io.holdfast.storage.disk.Folders;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps each drill as a JSON file in {@code drills/} of the state folder, written beside its name,
 * synced and renamed. The names begin with the moment at which a drill began.
 */
public final class FileDrillLedger implements DrillLedger {

  private static final int KEPT = 400;

  /** Far more than an abridged result of ten thousand artifacts needs. */
  private static final int LARGEST = 16 << 20;

  private static final String SUFFIX = ".json";
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss-SSSSSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Path folder;
  private final MetadataCodec codec;

  /**
   * A ledger in a state folder.
   *
   * @param stateFolder made when a drill is first added
   */
  public FileDrillLedger(Path stateFolder, MetadataCodec codec) {
    this.folder = new StateFolder(stateFolder).drills();
    this.codec = codec;
  }

  @Override
  public void add(DrillRecord drill) {
    String name = MOMENT.format(drill.started()) + "-" + UUID.randomUUID();
    Path file = folder.resolve(name + SUFFIX);
    Path unfinished = folder.resolve(name + ".new");
    try {
      Folders.make(folder);
      try {
        Files.createFile(unfinished, StateFolder.FILE_MODE);
        try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
          out.write(codec.write(drill.abridged()));
          out.getFD().sync();
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(folder);
      } finally {
        Files.deleteIfExists(unfinished);
      }
      for (Path old : newestFirst().stream().skip(KEPT).toList()) {
        Files.deleteIfExists(old);
      }
    } catch (IOException e) {
      throw DiskFailures.of("write", file, e);
    }
  }

  @Override
  public List<DrillRecord> drills() {
    try {
      return newestFirst().stream().flatMap(file -> read(file).stream()).toList();
    } catch (IOException e) {
      throw DiskFailures.of("read", folder, e);
    }
  }

  private List<Path> newestFirst() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      found.forEach(files::add);
    } catch (NoSuchFileException nothingWasEverDrilled) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw Objects.requireNonNull(e.getCause());
    }
    files.sort(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed());
    return files;
  }

  /** One that another process has just removed, or that is damaged, says nothing. */
  private Optional<DrillRecord> read(Path file) {
    try {
      return Optional.of(codec.readDrill(SmallFile.read(file, LARGEST)));
    } catch (IOException | IntegrityFailure unreadable) {
      return Optional.empty();
    }
  }
}
