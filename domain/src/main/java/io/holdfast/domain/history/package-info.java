/** What was done when, and what came of it. */
@NullMarked
package io.holdfast.domain.history;

import org.jspecify.annotations.NullMarked;
