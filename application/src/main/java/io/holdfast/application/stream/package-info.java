/** The one pipeline: source, compression, hash and count, fan-out to every target. */
@NullMarked
package io.holdfast.application.stream;

import org.jspecify.annotations.NullMarked;
