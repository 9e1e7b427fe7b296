package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.SuperviseRun.Supervised;
import io.holdfast.application.port.in.VerifyBackup;
import io.holdfast.application.port.in.VerifyBackup.Sample;
import io.holdfast.application.port.in.VerifyBackup.VerifiedAll;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.Share;
import io.holdfast.domain.history.RunKind;
import io.holdfast.launcher.config.Needs;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast verify}: reads sets back. */
@Command(
    name = "verify",
    sortOptions = false,
    header = "Read a set back and say whether it is whole.",
    description =
        "Every file of the checksums is there and matches, and no file is unlisted. Exit "
            + "code 13 when anything is wrong.")
final class VerifyCommand implements Action {

  private final Invocation invocation;

  @Parameters(
      paramLabel = "SET",
      arity = "0..1",
      description =
          "a set's id, `latest` (the default), `all` (every published set of this host), a set's"
              + " folder, or a url like s3://bucket/prefix/SET")
  Optional<String> set = Optional.empty();

  @Option(
      names = "--sample",
      paramLabel = "PERCENT",
      description =
          "of all sets, only the files that were not read for the longest time, until they are this"
              + " share of the stored bytes: with 5%% all of it is read every 20 runs")
  Optional<Share> sample = Optional.empty();

  @Option(
      names = "--deep",
      description = "also read every dump's table of contents and every tar to its end")
  boolean deep;

  @Option(names = "--target", paramLabel = "NAME", description = "read from this target")
  Optional<String> target = Optional.empty();

  @Mixin final StorageOptions storage = new StorageOptions();

  VerifyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    Cancellation cancellation = invocation.cancellation().get();
    boolean ofAll = set.filter(SetArgument.ALL::equals).isPresent();
    if (sample.isPresent() && set.isPresent() && !ofAll) {
      throw new UsageFailure(
          "--sample is taken of all sets, not of one.", "holdfast verify all --sample 5%");
    }
    if ((ofAll || sample.isPresent()) && !storage.values.isEmpty()) {
      throw new UsageFailure(
          "--storage-option goes with the url of one set.",
          "holdfast verify s3://bucket/prefix/SET --storage-option region=eu-central-1");
    }
    Supervised<VerifiedAll> done =
        ofAll || sample.isPresent() ? verifyAll(cancellation) : verifyOne(cancellation);
    return Outcome.report(
        () -> Supervision.json(done, json(done.result())),
        page -> text(done.result(), page),
        Supervision.exitCode(done));
  }

  /** Damage that was seen is worse than what could not be looked at. */
  private static int exitCodeOf(VerifiedAll all) {
    if (!all.sets().stream().allMatch(VerifiedSet::isWhole)) {
      return ExitCode.INTEGRITY;
    }
    return all.unread().isEmpty() ? ExitCode.DONE : ExitCode.STORAGE;
  }

  private Supervised<VerifiedAll> verifyOne(Cancellation cancellation) {
    SelectedSet selected =
        SelectedSet.of(set.orElse(SetArgument.LATEST), target, storage.values, invocation);
    return supervision()
        .carryOut(
            invocation,
            selected.needs(),
            cancellation,
            (session, progress, ended) ->
                new VerifiedAll(
                    List.of(session.verifyBackup().verify(selected.selector(), deep, ended)),
                    List.of()));
  }

  private Supervised<VerifiedAll> verifyAll(Cancellation cancellation) {
    return supervision()
        .carryOut(
            invocation,
            Needs.storage(target),
            cancellation,
            (session, progress, ended) -> {
              VerifyBackup verify = session.verifyBackup();
              VerifiedAll all =
                  sample.isPresent()
                      ? verify.verifySample(target, sample.get(), deep, ended)
                      : verify.verifyAll(target, deep, ended);
              if (all.sets().isEmpty() && all.unread().isEmpty()) {
                throw new IntegrityFailure(
                    "there is no set of this host to verify",
                    "`holdfast list` shows what is there");
              }
              return all;
            });
  }

  private static Supervision<VerifiedAll> supervision() {
    return new Supervision<VerifiedAll>(RunKind.VERIFY, VerifyCommand::exitCodeOf)
        .knowing(RunReports::of);
  }

  private Json.Fields json(VerifiedAll all) {
    return Json.object()
        .put("command", "verify")
        .put("deep", deep)
        .put("sample", sample.map(share -> json(share, all.samples())))
        .put("sets", all.sets().stream().map(VerifyCommand::json).toList())
        .put("unread", all.unread().stream().map(ErrorReport::ofPart).toList());
  }

  private static Json.Fields json(Share share, List<Sample> samples) {
    return Json.object()
        .put("percent", Optional.of(share.percent()))
        .put("runs", share.runs())
        .put(
            "targets",
            samples.stream()
                .map(
                    of ->
                        Json.object()
                            .put("target", of.target())
                            .put("files", of.files())
                            .put("bytes", of.bytes())
                            .put("ofFiles", of.ofFiles())
                            .put("ofBytes", of.ofBytes()))
                .toList());
  }

  private static Json.Fields json(VerifiedSet set) {
    return Json.object()
        .put("set", set.name())
        .put("location", set.location())
        .put("whole", set.isWhole())
        .put("files", set.files())
        .put("bytes", set.bytes())
        .put("sample", set.sample())
        .put(
            "problems",
            set.problems().stream()
                .map(p -> Json.object().put("path", p.path()).put("problem", p.problem()))
                .toList());
  }

  private void text(VerifiedAll all, Page page) {
    for (VerifiedSet set : all.sets()) {
      String read =
          Quantity.count(set.files(), "file") + ", " + Quantity.bytes(set.bytes()) + " read";
      String rest = "  " + set.name() + "  " + read + "  (" + set.location() + ")";
      if (set.isWhole()) {
        page.line(Style.GOOD, "WHOLE  ", rest);
      } else {
        page.line(Style.BAD, "DAMAGED", rest);
        set.problems().forEach(p -> page.line("  " + p.path() + ": " + p.problem()));
      }
    }
    sample.ifPresent(share -> all.samples().forEach(of -> page.line(text(of, share))));
    all.unread().forEach(page::failure);
  }

  private static String text(Sample of, Share share) {
    return "sample of "
        + share
        + " on "
        + of.target()
        + ": "
        + of.files()
        + " of "
        + Quantity.count(of.ofFiles(), "file")
        + ", "
        + Quantity.bytes(of.bytes())
        + " of "
        + Quantity.bytes(of.ofBytes())
        + "; all of it is read "
        + (share.runs() == 1 ? "in every run" : "every " + share.runs() + " runs");
  }
}
