/** The two runners of programs: as a child of this process, and inside a container. */
@NullMarked
package io.holdfast.podman.command;

import org.jspecify.annotations.NullMarked;
