/** What a host has to be able to recover from, and how fast. */
@NullMarked
package io.holdfast.domain.recovery;

import org.jspecify.annotations.NullMarked;
