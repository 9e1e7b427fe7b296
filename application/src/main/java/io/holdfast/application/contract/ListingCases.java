package io.holdfast.application.contract;

import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** What a listing shows. */
final class ListingCases {

  private static final List<String> KEYS =
      List.of(
          "a",
          "a-b/c",
          "a.b",
          "a0",
          "ab-x",
          "ab/c",
          "ab/c.d",
          "ab/d/e",
          "b",
          "\uD83D\uDE00",
          "\uFFFC");
  private static final List<String> PREFIXES =
      List.of("a", "ab", "ab/", "ab/c", "ab/c.", "ab/d/", "a-", "z", "/", "..", "../", "ab//");
  private static final String ALPHABET = "a-. b0\u00fc\uD83D\uDE00\uFFFC";
  private static final int WRITERS = 8;

  private ListingCases() {}

  static List<ContractCase> all() {
    return List.of(
        ContractCase.quick("a listing shows what is there, in order", ListingCases::plainKeys),
        ContractCase.full("a listing is in key order", ListingCases::inOrder),
        ContractCase.full("a listing is true to its prefix, to the letter", ListingCases::prefixes),
        ContractCase.full("a listing of any keys is in key order", ListingCases::anyKeys),
        ContractCase.full("a listing goes past a thousand keys", ListingCases::many),
        ContractCase.quick("a listing tells what stat tells", ListingCases::tellsWhatStatTells),
        ContractCase.full(
            "what a visitor throws ends a listing and comes through", ListingCases::visitorThrows),
        ContractCase.full(
            "a visitor may use the store while it is shown a listing", ListingCases::visitorWorks));
  }

  private static void plainKeys(Trial trial) throws IOException {
    trial.write("set/manifest", 2);
    trial.write("set/databases/app", 1);
    trial.expectKeys("", List.of("set/databases/app", "set/manifest"));
    trial.expectKeys("set/d", List.of("set/databases/app"));
  }

  private static void inOrder(Trial trial) throws IOException {
    for (String key : KEYS) {
      trial.write(key, key.length());
    }
    trial.expectKeys("", KeyOrder.of(KEYS));
  }

  private static void prefixes(Trial trial) throws IOException {
    for (String key : KEYS) {
      trial.write(key, key.length());
    }
    for (String prefix : PREFIXES) {
      trial.expectKeys(prefix, KeyOrder.of(KEYS, prefix));
    }
  }

  private static void anyKeys(Trial trial) throws IOException {
    Random random = new Random(20251006);
    Set<String> all = new TreeSet<>();
    while (all.size() < 60) {
      String first = word(random);
      // A name is a folder or a blob, never both: a folder of files could not hold that.
      all.add(random.nextBoolean() ? "f" + first : "d" + first + "/" + word(random));
    }
    for (String key : all) {
      trial.write(key, 1);
    }
    trial.expectKeys("", KeyOrder.of(all));
    for (String key : all) {
      String prefix = key.substring(0, key.offsetByCodePoints(0, 1 + random.nextInt(2)));
      trial.expectKeys(prefix, KeyOrder.of(all, prefix));
    }
  }

  private static String word(Random random) {
    int[] letters = ALPHABET.codePoints().toArray();
    StringBuilder word = new StringBuilder("x");
    for (int i = random.nextInt(4); i > 0; i--) {
      word.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return word.toString();
  }

  private static void many(Trial trial) throws Exception {
    int count = trial.limits().manyBlobs();
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int first = writer;
      writers.add(
          () -> {
            for (int i = first; i < count; i += WRITERS) {
              trial.write("many/" + i, 0);
            }
            return true;
          });
    }
    trial.inParallel(writers);
    List<String> all = IntStream.range(0, count).mapToObj(i -> "many/" + i).toList();
    trial.expectKeys("many/", KeyOrder.of(all));
    trial.expectKeys("many/12", KeyOrder.of(all, "many/12"));
  }

  private static void tellsWhatStatTells(Trial trial) throws IOException {
    trial.write("set/file", 1234);
    List<BlobInfo> listed = new ArrayList<>();
    trial.store().list("", listed::add);
    BlobInfo told = trial.store().stat(new BlobKey("set/file"));
    trial.expect(
        listed.equals(List.of(told)), "a listing tells " + listed + ", and stat tells " + told);
    trial.expect(told.bytes() == 1234, "stat tells " + told.bytes() + " bytes of 1234");
  }

  private static void visitorThrows(Trial trial) throws IOException {
    trial.write("a", 1);
    trial.write("b", 1);
    RuntimeException mine = new IllegalStateException("enough");
    List<String> seen = new ArrayList<>();
    Throwable thrown =
        trial.thrownBy(
            () ->
                trial
                    .store()
                    .list(
                        "",
                        blob -> {
                          seen.add(blob.key().value());
                          throw mine;
                        }));
    trial.expect(thrown == mine, "what came through is " + thrown);
    trial.expect(seen.equals(List.of("a")), "after that the visitor was shown " + seen);
  }

  private static void visitorWorks(Trial trial) throws IOException {
    trial.write("set/a", 1);
    trial.write("set/b", 2);
    trial.write("set/c", 3);
    List<Long> told = new ArrayList<>();
    trial
        .store()
        .list(
            "set/",
            blob -> {
              told.add(trial.store().stat(blob.key()).bytes());
              trial.store().delete(blob.key());
            });
    trial.expect(told.equals(List.of(1L, 2L, 3L)), "meanwhile stat told the sizes " + told);
    trial.expectKeys("", List.of());
  }
}
