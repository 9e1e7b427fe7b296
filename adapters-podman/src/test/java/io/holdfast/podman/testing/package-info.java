/** What the tests of this module share: a real Podman, and a recorded one. */
@NullMarked
package io.holdfast.podman.testing;

import org.jspecify.annotations.NullMarked;
