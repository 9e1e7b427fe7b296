package io.holdfast.application.service;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;
import io.holdfast.application.port.out.drill.DrillAssertion;
import io.holdfast.application.port.out.drill.ScratchServer;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.recovery.DrillRecord.Assertion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs the operator's own checks on what a drill has restored. */
final class DrillAssertions {

  private static final int LONGEST_SQL = 1 << 20;
  private static final Duration LONGEST_SQL_RUN = Duration.ofMinutes(5);

  private final UseCases.DrillGround ground;
  private final String set;
  private final DrillPlan plan;
  private final DrillSite site;
  private final DrillFindings findings;

  DrillAssertions(
      UseCases.DrillGround ground,
      String set,
      DrillPlan plan,
      DrillSite site,
      DrillFindings findings) {
    this.ground = ground;
    this.set = set;
    this.plan = plan;
    this.site = site;
    this.findings = findings;
  }

  /** One that does not hold does not stop the others. */
  void run(Cancellation cancellation) {
    for (DrillAssertion assertion : ground.assertions()) {
      cancellation.throwIfCancelled();
      if (isOfSample(assertion)) {
        Optional<String> refuted = refutation(assertion, cancellation);
        findings.add(new Assertion(assertion.name(), refuted.isEmpty(), refuted.orElse("")));
      } else {
        findings.warn(
            "Assertion "
                + assertion.name()
                + " was left out: not all that it needs is in the"
                + " sample.");
      }
    }
  }

  /** What a program looks at is not known: it runs where everything is there. */
  private boolean isOfSample(DrillAssertion assertion) {
    return plan.whole()
        || (assertion instanceof DrillAssertion.Sql sql && database(sql).isPresent());
  }

  private Optional<String> refutation(DrillAssertion assertion, Cancellation cancellation) {
    try {
      return assertion instanceof DrillAssertion.Sql sql
          ? ofSql(sql, cancellation)
          : ofProgram((DrillAssertion.Program) assertion, cancellation);
    } catch (InterruptedFailure interrupted) {
      throw interrupted;
    } catch (Failure failure) {
      return Optional.of(failure.getMessage());
    } catch (IOException e) {
      return Optional.of("cannot be looked at: " + e.getMessage());
    }
  }

  private Optional<String> ofSql(DrillAssertion.Sql sql, Cancellation cancellation)
      throws IOException {
    Optional<ArtifactId> database = database(sql).map(StoredArtifact::id).filter(site::has);
    if (database.isEmpty()) {
      String name = sql.cluster().map(cluster -> cluster + "/").orElse("") + sql.database();
      return Optional.of("there is no database " + name + " among what was restored");
    }
    String text = textOf(sql.file());
    try {
      return TimeLimit.run(
          LONGEST_SQL_RUN,
          cancellation,
          scope -> site.cluster(database.get()).refutation(database.get().name(), text, scope));
    } catch (TimeLimit.LateException late) {
      return Optional.of(late(LONGEST_SQL_RUN));
    }
  }

  private Optional<StoredArtifact> database(DrillAssertion.Sql sql) {
    return plan.databases().stream()
        .filter(database -> database.id().name().equals(sql.database()))
        .filter(database -> sql.cluster().map(plan.clusterOf(database.id())::equals).orElse(true))
        .findFirst();
  }

  private static String textOf(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST_SQL + 1);
      if (bytes.length > LONGEST_SQL) {
        throw new IOException(file + " is longer than " + LONGEST_SQL + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private Optional<String> ofProgram(DrillAssertion.Program program, Cancellation cancellation)
      throws IOException {
    Optional<ScratchServer> server =
        program.cluster().flatMap(cluster -> Optional.ofNullable(site.servers().get(cluster)));
    if (program.cluster().isPresent() && server.isEmpty()) {
      return Optional.of("there is no cluster " + program.cluster().get() + " in the set");
    }
    CommandRunner runner = server.map(ScratchServer::tools).orElse(ground.runner());
    Command command = new Command(program.argv(), facts(runner, server, cancellation), Map.of());
    CommandResult result;
    try {
      result =
          TimeLimit.run(
              program.timeout(),
              cancellation,
              scope -> runner.run(command, CommandIo.reading(out -> {}), scope));
    } catch (TimeLimit.LateException late) {
      return Optional.of(late(program.timeout()));
    }
    if (result.succeeded()) {
      return Optional.empty();
    }
    String last = result.stderrTail().strip().lines().reduce((a, b) -> b).orElse("");
    return Optional.of(
        "it failed with exit code " + result.exitCode() + (last.isEmpty() ? "" : ": " + last));
  }

  private static String late(Duration limit) {
    return "it was still at work after " + limit.toSeconds() + " s, and was ended";
  }

  /** What a program learns of the drill. No secret is known here. */
  private Map<String, String> facts(
      CommandRunner runner, Optional<ScratchServer> its, Cancellation cancellation) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("HOLDFAST_DRILL_SET", set);
    // It would win over PGHOST, and lead a client of libpq to whoever the operator works with.
    facts.put("PGHOSTADDR", "");
    site.servers()
        .forEach(
            (cluster, server) -> {
              String suffix = "_" + word(cluster);
              facts.put("HOLDFAST_DRILL_SOCKET" + suffix, server.endpoint().host());
              facts.put("HOLDFAST_DRILL_PORT" + suffix, Integer.toString(server.endpoint().port()));
              facts.put("HOLDFAST_DRILL_USER" + suffix, server.superuser());
            });
    plan.volumes().stream()
        .map(StoredArtifact::id)
        .filter(site::has)
        .forEach(
            id ->
                facts.put(
                    "HOLDFAST_DRILL_VOLUME_" + word(id.name()), site.folderOf(id, cancellation)));
    // With several servers and none named, a client that does not say which one finds none.
    first().ifPresent(any -> facts.put("PGHOST", "/nonexistent"));
    its.or(() -> site.servers().size() == 1 ? first() : Optional.empty())
        .ifPresent(
            server -> {
              Endpoint seen = runner.reach(server.endpoint(), cancellation);
              facts.put("PGHOST", seen.host());
              facts.put("PGPORT", Integer.toString(seen.port()));
              facts.put("PGUSER", server.superuser());
            });
    return facts;
  }

  private Optional<ScratchServer> first() {
    return site.servers().values().stream().findFirst();
  }

  /** A name as a part of a variable's. */
  private static String word(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
