package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.in.ListContents.Request;
import io.holdfast.application.port.in.RestoreFiles;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.out.source.ContentEntry.DatabaseObject;
import io.holdfast.application.port.out.source.ContentEntry.Member;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LsCommandTest {

  private static final Instant CHANGED = Instant.parse("2025-10-06T02:00:00.5Z");
  private static final Member FILE =
      new Member(
          "bin/su\u202e",
          Member.Type.FILE,
          04750,
          0,
          999,
          OptionalLong.of(12),
          CHANGED,
          Optional.empty(),
          Optional.empty());
  private static final Member LINK =
      new Member(
          "l",
          Member.Type.SYMBOLIC_LINK,
          0777,
          1,
          2,
          OptionalLong.empty(),
          CHANGED,
          Optional.of("bin/su"),
          Optional.empty());

  private final FakeSession session = new FakeSession();

  @Test
  void a_volume_is_listed_as_ls_would_and_nothing_reaches_the_terminal_that_does_not_show() {
    session.contents =
        listener -> {
          listener.found("20251006_020000", "here", Samples.VOLUME);
          listener.entry(FILE);
          listener.entry(LINK);
        };

    Run run = Run.of(session, "ls", "latest", "data", "bin/*");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            -rwsr-x--- 0:999                 12 2025-10-06 02:00:00 bin/su\\u{202e}
            lrwxrwxrwx 1:2                    - 2025-10-06 02:00:00 l -> bin/su
            """);
    assertThat(session.asked)
        .containsExactly(
            new Request(new SetSelector.Latest(Optional.empty()), "data", Optional.of("bin/*")));
  }

  @Test
  void a_database_is_listed_with_rows_where_they_are_known() {
    session.contents =
        listener -> {
          listener.found("20251006_020000", "here", Samples.DATABASE);
          listener.entry(new DatabaseObject("TABLE", "public.orders", "app", OptionalLong.of(7)));
          listener.entry(new DatabaseObject("VIEW", "public.v", "app", OptionalLong.empty()));
        };

    assertThat(Run.of(session, "ls", "latest", "app").out())
        .isEqualTo(
            """
            TABLE                         7 app              public.orders
            VIEW                          - app              public.v
            """);
    JsonNode json = json(Run.of(session, "ls", "latest", "app", "--json"));
    assertThat(json.get("entries").get(0).get("rows").asInt()).isEqualTo(7);
    assertThat(json.get("entries").get(1).get("rows").isNull()).isTrue();
    assertThat(json.get("exitCode").asInt()).isZero();
    assertThat(json.get("error").isNull()).isTrue();
  }

  @Test
  void a_failure_within_the_listing_leaves_one_document_that_tells_it() {
    session.contents =
        listener -> {
          listener.found("20251006_020000", "here", Samples.VOLUME);
          listener.entry(FILE);
          throw new IntegrityFailure("it is damaged", "choose another");
        };

    Run run = Run.of(session, "ls", "latest", "data", "--json");

    assertThat(run.exitCode()).isEqualTo(13);
    JsonNode json = json(run);
    assertThat(json.get("entries").size()).isEqualTo(1);
    assertThat(json.get("error").get("message").asString()).isEqualTo("it is damaged");
    assertThat(json.get("exitCode").asInt()).isEqualTo(13);
    assertThat(run.err()).contains("it is damaged", "choose another");
  }

  @Test
  void files_are_restored_out_of_one_volume_into_a_folder() {
    Run run =
        Run.of(
            session, "restore", "volumes", "latest", "--only", "data", "--path", "a/b", "--path",
            "c", "--to", "out");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("2 files and folders of volume data in /out");
    assertThat(session.asked)
        .containsExactly(
            new RestoreFiles.Request(
                new SetSelector.Latest(Optional.empty()),
                "data",
                List.of("a/b", "c"),
                Path.of("/out"),
                false,
                false));
  }

  @Test
  void what_does_not_go_together_is_refused() {
    assertThat(Run.of(session, "restore", "volumes", "latest", "--path", "a").exitCode())
        .isEqualTo(2);
    assertThat(
            Run.of(session, "restore", "volumes", "latest", "--only", "v", "--path", "a")
                .exitCode())
        .isEqualTo(2);
    assertThat(
            Run.of(session, "restore", "volumes", "latest", "--only", "v", "--to", "a").exitCode())
        .isEqualTo(2);
    assertThat(
            Run.of(session, "restore", "all", "latest", "--only", "v", "--path", "a", "--to", "b")
                .exitCode())
        .isEqualTo(2);
    assertThat(session.asked).isEmpty();
  }

  private static JsonNode json(Run run) {
    return JsonMapper.builder().build().readTree(run.out());
  }
}
