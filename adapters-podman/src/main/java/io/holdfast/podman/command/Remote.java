package io.holdfast.podman.command;

import java.util.function.Consumer;

/**
 * The program that a child stands for, where that is a process elsewhere: a signal to the child
 * does not reach it, and it may end before the child does.
 */
interface Remote {

  /** There is none: the child does its work itself. */
  Remote NONE =
      new Remote() {
        @Override
        public void whenEnded(Runnable action) {}

        @Override
        public void onErrorLine(String line, Consumer<String> passOn) {
          passOn.accept(line);
        }

        @Override
        public void onErrorsEnd(Consumer<String> passOn) {}

        @Override
        public void end() {}
      };

  /** Has something done as soon as the program is known to have ended; set before the start. */
  void whenEnded(Runnable action);

  /** Takes a line of the child's error output, and passes on what the program wrote. */
  void onErrorLine(String line, Consumer<String> passOn);

  /** Passes on what was held back so far: no line will follow. */
  void onErrorsEnd(Consumer<String> passOn);

  /** Ends the program; called before the child is ended early. */
  void end();
}
