@NullMarked
package io.holdfast.podman.codec;

import org.jspecify.annotations.NullMarked;
