/** The command line: commands, what they print, exit codes. */
@NullMarked
package io.holdfast.launcher.cli;

import org.jspecify.annotations.NullMarked;
