package io.holdfast.application.contract;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Stores that list wrongly. */
final class ListingMutants {

  private static final int PAGE = 1000;

  private ListingMutants() {}

  static Stream<Mutant> all() {
    return Stream.of(
        new Mutant(
            "a listing shows what is there, in order",
            "it is backwards, of plain keys too",
            "a listing of all keys shows",
            memory ->
                sorted(memory, Comparator.comparing(BlobInfo::key, Comparator.reverseOrder()))),
        new Mutant(
            "a listing is in key order",
            "it is backwards",
            "a listing of all keys shows",
            memory ->
                sorted(memory, Comparator.comparing(BlobInfo::key, Comparator.reverseOrder()))),
        new Mutant(
            "a listing is in key order",
            "a folder comes before its neighbours",
            "a listing of all keys shows",
            memory ->
                sorted(
                    memory,
                    Comparator.comparing(
                        (BlobInfo blob) -> blob.key().value().replace('/', '\0')))),
        new Mutant(
            "a listing is true to its prefix, to the letter",
            "a prefix is a folder",
            "a listing of \"a\" shows",
            ListingMutants::takesAPrefixForAFolder),
        new Mutant(
            "a listing of any keys is in key order",
            "it is that of Java's characters, not of UTF-8",
            "a listing of all keys shows",
            memory -> sorted(memory, Comparator.comparing(blob -> blob.key().value()))),
        new Mutant(
            "a listing goes past a thousand keys",
            "it ends after its first page",
            "shows 1000 keys",
            memory -> new Paged(memory, PAGE, 0)),
        new Mutant(
            "a listing goes past a thousand keys",
            "the third page begins with the last key of the second",
            "shows 2501 keys",
            memory -> new Paged(memory, Integer.MAX_VALUE, 2 * PAGE)),
        new Mutant(
            "a listing tells what stat tells",
            "it tells no sizes",
            "bytes=0",
            ListingMutants::tellsNoSizes),
        new Mutant(
            "what a visitor throws ends a listing and comes through",
            "it is wrapped",
            "what came through is io.holdfast",
            ListingMutants::wrapsWhatAVisitorThrows),
        new Mutant(
            "what a visitor throws ends a listing and comes through",
            "it is thrown after all are shown",
            "the visitor was shown [a, b]",
            ListingMutants::goesOnAfterwards),
        new Mutant(
            "a visitor may use the store while it is shown a listing",
            "a listing keeps its connection to itself",
            "busy",
            ListingMutants::isBusyWhileItLists));
  }

  private static List<BlobInfo> all(BlobStore store, String prefix) {
    List<BlobInfo> all = new ArrayList<>();
    store.list(prefix, all::add);
    return all;
  }

  private static BlobStore sorted(InMemoryBlobStore memory, Comparator<BlobInfo> order) {
    return new ForwardingBlobStore(memory) {
      @Override
      public void list(String prefix, BlobVisitor visitor) {
        all(inner(), prefix).stream().sorted(order).forEach(visitor::visit);
      }
    };
  }

  private static BlobStore takesAPrefixForAFolder(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public void list(String prefix, BlobVisitor visitor) {
        super.list(prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/", visitor);
      }
    };
  }

  private static BlobStore tellsNoSizes(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public void list(String prefix, BlobVisitor visitor) {
        super.list(prefix, blob -> visitor.visit(new BlobInfo(blob.key(), 0, blob.modified())));
      }
    };
  }

  private static BlobStore wrapsWhatAVisitorThrows(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public void list(String prefix, BlobVisitor visitor) {
        try {
          super.list(prefix, visitor);
        } catch (IllegalStateException e) {
          throw new StorageFailure(FailureKind.STORAGE, "cannot list", "", e);
        }
      }
    };
  }

  private static BlobStore goesOnAfterwards(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public void list(String prefix, BlobVisitor visitor) {
        List<RuntimeException> thrown = new ArrayList<>();
        super.list(
            prefix,
            blob -> {
              try {
                visitor.visit(blob);
              } catch (RuntimeException later) {
                thrown.add(later);
              }
            });
        if (!thrown.isEmpty()) {
          throw thrown.get(0);
        }
      }
    };
  }

  private static BlobStore isBusyWhileItLists(InMemoryBlobStore memory) {
    boolean[] lists = {false};
    return new ForwardingBlobStore(memory) {
      @Override
      public void list(String prefix, BlobVisitor visitor) {
        lists[0] = true;
        super.list(prefix, visitor);
        lists[0] = false;
      }

      @Override
      public BlobInfo stat(BlobKey key) {
        if (lists[0]) {
          throw new StorageFailure(FailureKind.STORAGE, "busy", "");
        }
        return super.stat(key);
      }
    };
  }

  /** Shows at most so many blobs, and one of them twice. */
  private static final class Paged extends ForwardingBlobStore {
    private final int most;
    private final int twice;

    private Paged(BlobStore inner, int most, int twice) {
      super(inner);
      this.most = most;
      this.twice = twice;
    }

    @Override
    public void list(String prefix, BlobVisitor visitor) {
      List<BlobInfo> all = all(inner(), prefix);
      for (int i = 0; i < Math.min(most, all.size()); i++) {
        visitor.visit(all.get(i));
        if (i > 0 && i == twice) {
          visitor.visit(all.get(i));
        }
      }
    }
  }
}
