package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/** Ninety days of sets on three targets are told as text, to programs, and on a page. */
class ReportIT {

  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);
  private static final int DAYS = 90;

  private static final String STOPS =
      """
      return [...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
          .filter(each => each.getClientRects().length && !each.closest('details:not([open]) div'))
          .length
      """;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @Test
  void a_season_of_sets_is_told_to_people_programs_and_a_browser() throws IOException {
    Operator operator =
        new Operator(folder)
            .setting("objectives: {rpo: 26h, rto: 1m}")
            .alsoTarget("nas", "file://" + folder.resolve("nas"))
            .alsoTarget("cloud", "file://" + folder.resolve("cloud"));
    for (int day = DAYS - 1; day >= 0; day--) {
      for (String target : List.of("target", "nas", "cloud")) {
        if (day != 40 && !(target.equals("nas") && day == 10)) {
          write(folder.resolve(target), day);
        }
      }
    }
    drill(28, false);
    drill(14, true);
    drill(3, true);

    operator
        .holdfast("report")
        .ok()
        .tells(
            "OK  nothing", "over the objective  2 d 0 h", "FAILED  drill of", "projected 41.0 s");
    JsonNode json = operator.holdfast("report", "--json", "--days", "30").ok().json();
    assertThat(json.get("targets").get(0).get("sets")).hasSizeBetween(29, 31);
    assertThat(json.get("targets").get(1).get("gaps").get("over")).hasSize(1);
    assertThat(json.get("gaps").get("over")).isEmpty();
    assertThat(json.get("drills")).hasSize(3);
    DocumentedJson.showsTheKeysOf(operator.holdfast("report", "--json").ok().json());

    Path page = folder.resolve("report.html");
    operator.holdfast("report", "--html", page.toString()).ok().tells("wrote ");
    assertThat(Shell.call("stat", "-c", "%a", page.toString())).isEqualTo("600\n");
    assertThat(Files.size(page)).isLessThan(500_000);
    assertThat(Files.readString(page))
        .doesNotContain("<script", "\u001b", "\u202e")
        .contains("&lt;script&gt;");
    operator.holdfast("report", "--html", folder.toString()).exits(2).tells("no plain file");
    try (Browser browser = new Browser(folder.resolve("profile"))) {
      browser.open(page);
      read(browser);
      Files.write(folder.resolve("report.pdf"), browser.pdf());
      assertThat(Files.readAllBytes(folder.resolve("report.pdf")))
          .startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
      assertThat(browser.troubles()).isEmpty();
    }
  }

  private static void read(Browser browser) {
    for (int width : List.of(320, 1280)) {
      for (String scheme : List.of("light", "dark")) {
        browser.look(width, scheme);
        assertThat(
                browser.ask(
                    "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
            .as("nothing scrolls sideways at " + width)
            .isEqualTo(true);
        assertThat((List<?>) browser.ask(Resources.text("contrast.js"))).as(scheme).isEmpty();
      }
    }
    List<Object> reached = new ArrayList<>();
    long stops = (Long) browser.ask(STOPS);
    for (long i = 0; i < stops; i++) {
      browser.press(Keys.TAB);
      reached.add(browser.ask("return document.activeElement.outerHTML.slice(0, 160)"));
      assertThat(browser.ask("return getComputedStyle(document.activeElement).outlineStyle"))
          .as("the focus shows on " + reached)
          .isEqualTo("solid");
    }
    assertThat(reached.get(0).toString()).contains("Skip to the report");
    assertThat(reached).doesNotHaveDuplicates().last().asString().contains("<summary");
    assertThat(names(browser, "heading"))
        .startsWith("Recovery report of hf-e2e-host", "At risk now", "Sets by day");
    assertThat(names(browser, "table")).hasSizeGreaterThan(5).doesNotContain("");
    assertThat(names(browser, "image")).hasSize(4).doesNotContain("");
    assertThat(names(browser, "navigation")).containsExactly("Sections");
    assertThat(names(browser, "main")).hasSize(1);
  }

  /** What a screen reader is told of a sort, in its order. */
  private static List<String> names(Browser browser, String role) {
    JsonNode tree = Outcome.JSON.valueToTree(browser.tell("Accessibility.getFullAXTree", Map.of()));
    List<String> names = new ArrayList<>();
    for (JsonNode node : tree.get("nodes")) {
      if (!node.get("ignored").asBoolean()
          && node.path("role").path("value").asString("").equals(role)) {
        names.add(node.path("name").path("value").asString(""));
      }
    }
    return names;
  }

  private static Instant begun(int daysAgo) {
    return Instant.now().minus(Duration.ofDays(daysAgo).plusHours(2)).truncatedTo(ChronoUnit.HOURS);
  }

  /** Writes a set of so many days ago, as far as a report looks at it. */
  private static void write(Path root, int daysAgo) throws IOException {
    String id = ID.format(begun(daysAgo));
    Path set = root.resolve(id);
    Files.createDirectories(set);
    Operator.write(
        set.resolve("manifest.json"),
        """
        {"formatVersion": "1.0", "id": "%1$s", "host": "hf-e2e-host", "toolVersion": "0.1.0",
         "started": "%2$s", "finished": "%2$s", "status": "COMPLETE", "tag": "t",
         "note": "<script>alert(1)</script> \\u202e\\u001b[31m",
         "artifacts": [{"kind": "DATABASE", "cluster": "main", "name": "app",
           "path": "databases/app.dump", "storedBytes": 1000, "sourceBytes": 4, "entries": 1,
           "sha256": "%3$s", "encoding": "none", "seconds": 1}]}
        """
            .formatted(id, begun(daysAgo), "0".repeat(64)));
    Operator.write(set.resolve("checksums.sha256"), "");
  }

  /** Writes what a drill of so many days ago has shown. */
  private void drill(int daysAgo, boolean proven) throws IOException {
    String id = ID.format(begun(daysAgo));
    Path marks = folder.resolve("target/.holdfast/drills").resolve(id);
    Files.createDirectories(marks);
    Operator.write(
        marks.resolve(id + "-000000000.json"),
        """
        {"set": "%1$s", "target": "local", "host": "hf-e2e-host", "started": "%2$s", "seconds": 60,
         "restoreSeconds": 41, "bytes": 1000, "whole": true, "proven": %3$s, "rtoSeconds": 60,
         "phases": [], "artifacts": [{"name": "database main/app", "compared": "3 tables",
         "differences": [%4$s]}], "assertions": [], "problems": []}
        """
            .formatted(
                id,
                begun(daysAgo).plusSeconds(600),
                proven,
                proven ? "" : "{\"subject\": \"table public.t\", \"detail\": \"2 rows, not 3\"}"));
  }
}
