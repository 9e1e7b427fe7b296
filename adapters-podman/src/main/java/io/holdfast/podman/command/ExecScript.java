package io.holdfast.podman.command;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the shell of a container is given so that it runs a program there. On the error output it
 * tells the ids of the processes, because ending podman exec does not end what it started, and
 * where there is input, that the program has ended.
 *
 * <p>With input the shell outlives the program and reads what that left. Else conmon ends with
 * input that nobody took, whereupon the kernel resets its connection to podman exec, and the end of
 * the output that is still on its way there is lost, with an exit code that says that all was well.
 */
final class ExecScript {

  /** What the shell calls itself in its complaints, so that they are told from the program's. */
  static final String SHELL_NAME = "holdfast-exec";

  /** The process group's leader and the program itself. */
  static final Pattern PIDS = Pattern.compile("holdfast-pid ([1-9][0-9]{0,9}) ([1-9][0-9]{0,9})");

  private static final String WITHOUT_INPUT = "echo \"holdfast-pid $$ $$\" >&2; exec \"$@\"";

  /**
   * The shell's own error output is away meanwhile, or it would tell of a program that a signal
   * killed. The note of the end begins a line whatever the program wrote last. No variable is set:
   * the container's environment may have one of the same name, which the program would inherit.
   */
  private static final String WITH_INPUT =
      "exec 3>&2 2>/dev/null;"
          + " sh -c 'exec 2>&3 3>&-; echo \"holdfast-pid $1 $$\" >&2; shift; exec \"$@\"'"
          + " \"$0\" \"$$\" \"$@\"; set -- $?; { echo; echo \"%s $1\"; } >&3;"
          + " cat >/dev/null || while read -r rest; do :; done; exit \"$1\"";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_BYTES = 8;

  private final boolean hasInput;
  private final String ended;

  private ExecScript(boolean hasInput, String ended) {
    this.hasInput = hasInput;
    this.ended = ended;
  }

  /** A script for one run. Its note of the end cannot be foreseen by what the program is fed. */
  static ExecScript of(boolean hasInput) {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return new ExecScript(hasInput, "holdfast-exit " + HexFormat.of().formatHex(key));
  }

  /** The shell's arguments, which the program's follow. */
  List<String> argv() {
    return List.of("sh", "-c", hasInput ? WITH_INPUT.formatted(ended) : WITHOUT_INPUT, SHELL_NAME);
  }

  /** True for the line that tells of the program's end; an empty one that is ours precedes it. */
  boolean tellsOfEnd(String line) {
    return hasInput && line.startsWith(ended + " ");
  }

  /** True for a line that may be the one before the note of the end. */
  boolean mayPrecedeEnd(String line) {
    return hasInput && line.isEmpty();
  }
}
