@NullMarked
package io.holdfast.podman.command;

import org.jspecify.annotations.NullMarked;
