package io.holdfast.postgres;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Chooses the {@code --compress} of a pg_dump. */
final class CompressionOption {

  /** From here on pg_dump takes {@code --compress=METHOD:LEVEL}; before, a gzip level alone. */
  private static final int METHODS_SINCE = 16;

  private static final String FAST_GZIP = "1";
  private static final String FAST_ZSTD = "zstd:3";

  private final DumpTools tools;

  CompressionOption(DumpTools tools) {
    this.tools = tools;
  }

  /**
   * The option's value.
   *
   * @throws ConfigurationFailure when this pg_dump does not have what is configured
   */
  String valueFor(Compression compression, ToolVersion tool, Cancellation cancellation) {
    if (compression instanceof Compression.None) {
      return "0";
    }
    if (compression instanceof Compression.Gzip gzip) {
      return Integer.toString(gzip.level());
    }
    if (compression instanceof Compression.Zstd zstd) {
      String value = "zstd:" + zstd.level();
      if (!takes(value, tool, cancellation)) {
        throw new ConfigurationFailure(
            "compression " + value + " is more than pg_dump " + tool.text() + " can do.",
            "Set the cluster's compression to auto or gzip:1, or its tools to a pg_dump of 16 or"
                + " later.");
      }
      return value;
    }
    return takes(FAST_ZSTD, tool, cancellation) ? FAST_ZSTD : FAST_GZIP;
  }

  /**
   * Asks pg_dump for a dump of a server that cannot be there: one that was built without a method
   * says so before it tries to connect.
   */
  private boolean takes(String method, ToolVersion tool, Cancellation cancellation) {
    if (tool.major() < METHODS_SINCE) {
      return false;
    }
    List<String> argv =
        List.of(
            DumpTools.DUMP,
            "--format=custom",
            "--compress=" + method,
            "--no-password",
            "--dbname=host='/nonexistent'");
    try {
      CommandResult result = tools.run(argv, CommandIo.reading(out -> {}), cancellation);
      return !result.stderrTail().contains("does not support compression");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
