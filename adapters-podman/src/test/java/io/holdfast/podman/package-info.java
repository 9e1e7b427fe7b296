@NullMarked
package io.holdfast.podman;

import org.jspecify.annotations.NullMarked;
