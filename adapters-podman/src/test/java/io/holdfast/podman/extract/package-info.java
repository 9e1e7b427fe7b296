@NullMarked
package io.holdfast.podman.extract;

import org.jspecify.annotations.NullMarked;
