/**
 * What goes on around runs: their events on the way to the journal, the operator's own programs.
 */
@NullMarked
package io.holdfast.application.history;

import org.jspecify.annotations.NullMarked;
