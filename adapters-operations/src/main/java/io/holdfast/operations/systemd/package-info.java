/** The schedule as units of systemd. */
@NullMarked
package io.holdfast.operations.systemd;

import org.jspecify.annotations.NullMarked;
