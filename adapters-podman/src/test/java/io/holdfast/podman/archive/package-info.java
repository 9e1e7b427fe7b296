@NullMarked
package io.holdfast.podman.archive;

import org.jspecify.annotations.NullMarked;
