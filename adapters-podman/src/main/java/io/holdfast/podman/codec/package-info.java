/** The compressions that stand around a volume's tar. */
@NullMarked
package io.holdfast.podman.codec;

import org.jspecify.annotations.NullMarked;
