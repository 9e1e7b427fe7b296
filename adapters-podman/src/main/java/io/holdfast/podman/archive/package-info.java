/** Tar archives as they stream past: walked to their end, judged member by member. */
@NullMarked
package io.holdfast.podman.archive;

import org.jspecify.annotations.NullMarked;
