/**
 * The built launcher, run from the shell as an operator runs it, against real servers and volumes.
 */
@NullMarked
package io.holdfast.launcher.e2e;

import org.jspecify.annotations.NullMarked;
