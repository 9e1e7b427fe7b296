/** Podman's volumes and containers: looked at, backed up, held still, restored. */
@NullMarked
package io.holdfast.podman;

import org.jspecify.annotations.NullMarked;
