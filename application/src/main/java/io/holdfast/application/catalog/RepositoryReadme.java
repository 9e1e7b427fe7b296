package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.domain.backup.SetLayout;
import java.nio.charset.StandardCharsets;

/** The {@code README.md} beside the sets: what the folder is, for whoever finds it without us. */
public final class RepositoryReadme {

  private static final BlobKey KEY = new BlobKey(SetLayout.README);

  private static final String TEXT =
      """
      # Backups made by Holdfast

      Each folder named `yyyyMMdd_HHmmss` (UTC) is one backup set: PostgreSQL databases and Podman
      volumes of one host, cut together. A set is whole once it has a `checksums.sha256`; a folder
      without one was never finished, and nothing should be restored from it.

      No special program is needed to restore. In a set's folder:

      - `sha256sum --check checksums.sha256` says whether every byte is what was written;
      - `RESTORE.md` has the exact commands that bring the set back;
      - `databases/*.dump` are read by `pg_restore`, `databases/globals.sql` by `psql`;
      - `volumes/*.tar*` are read by GNU `tar`;
      - `containers/*.json` show how each container was made;
      - `manifest.json` is for programs.

      With Holdfast: `holdfast verify PATH`, `holdfast restore all PATH`.

      `.holdfast/` holds locks and other things about the sets, and no part of a backup.
      These files hold everything that the databases hold: keep them as safe as those.
      """;

  private RepositoryReadme() {}

  /** Writes it where there is none. */
  public static void ensure(BlobStore store) {
    try {
      store.stat(KEY);
    } catch (StorageFailure missing) {
      if (missing.kind() != FailureKind.NOT_FOUND) {
        throw missing;
      }
      write(store);
    }
  }

  private static void write(BlobStore store) {
    try {
      SmallBlob.write(store, KEY, TEXT.getBytes(StandardCharsets.UTF_8));
    } catch (StorageFailure failure) {
      if (failure.kind() != FailureKind.ALREADY_EXISTS) {
        throw failure;
      }
    }
  }
}
