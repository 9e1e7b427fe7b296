package io.holdfast.application.contract;

import io.holdfast.application.port.out.store.BlobKey;
import java.io.IOException;
import java.util.List;

/** Keys of any characters, and those that are none. */
final class NameCases {

  private static final List<String> CLIMBING =
      List.of(
          "",
          "/",
          "/etc/passwd",
          "..",
          "../x",
          "a/../../x",
          "a/..",
          "a//b",
          "a/",
          "./a",
          ".",
          "a\0b");

  private static final List<String> ODD =
      List.of(
          "with space/ two  spaces ",
          "a+b/c+d",
          "100%/%41%2F/%",
          "#1/a#b",
          "it's/\"quoted\"",
          "back\\slash/\\",
          "new\nline/\r\t",
          "\u00fcmlaut/\u65e5\u672c\u8a9e/\uD83D\uDE00",
          "a?b=c&d/*/[x]/{y}",
          "~/-rf/--",
          ".../..a/a..",
          "CON/nul.txt/a.",
          "$(reboot)/`id`/;");

  private static final String ODD_AND_SHORT = "a +%41#\"'/\u00fc\u65e5&?";

  private NameCases() {}

  static List<ContractCase> all() {
    return List.of(
        ContractCase.full("a key that climbs out is refused", NameCases::climbing),
        ContractCase.full(
            "a key with a space, +, %, #, quotes and other letters names its own blob",
            trial -> namesItsOwn(trial, ODD_AND_SHORT)),
        ContractCase.full("a key of any characters names its own blob", NameCases::odd),
        ContractCase.full("keys that look alike name different blobs", NameCases::alike),
        ContractCase.full("a name of two hundred bytes is taken", NameCases::longName));
  }

  private static void climbing(Trial trial) throws IOException {
    trial.write("x", 1);
    for (String text : CLIMBING) {
      trial.expect(
          trial.thrownBy(() -> trial.store().open(new BlobKey(text)).close())
              instanceof IllegalArgumentException,
          "\"" + text + "\" was taken for a key");
    }
    for (String prefix : List.of("..", "../", "/", "./", "a/../")) {
      trial.expectKeys(prefix, List.of());
    }
  }

  private static void odd(Trial trial) throws IOException {
    for (String key : ODD) {
      namesItsOwn(trial, key);
    }
  }

  private static void namesItsOwn(Trial trial, String key) throws IOException {
    trial.write(key, 100);
    trial.write("other", 1);
    trial.expectWhole(key, 100);
    trial.expectKeys("", KeyOrder.of(List.of(key, "other")));
    trial.expectKeys(key, List.of(key));
    trial.store().delete(new BlobKey(key));
    trial.expectKeys("", List.of("other"));
    trial.store().delete(new BlobKey("other"));
  }

  /** Encoded once too often or too seldom, some of these would be the same. */
  private static void alike(Trial trial) throws IOException {
    List<String> alike =
        List.of("a b", "a+b", "a%20b", "a%2Bb", "a%2520b", "a%2Fb", "a_b", "a\u00e4", "aa\u0308");
    for (int i = 0; i < alike.size(); i++) {
      trial.write(alike.get(i), i + 1L);
    }
    trial.expectKeys("", KeyOrder.of(alike));
    for (int i = 0; i < alike.size(); i++) {
      trial.expectWhole(alike.get(i), i + 1L);
    }
  }

  private static void longName(Trial trial) throws IOException {
    String key = "\u00fc".repeat(100) + "/" + "x".repeat(200);
    trial.write(key, 1);
    trial.expectKeys("", List.of(key));
    trial.expectWhole(key, 1);
  }
}
