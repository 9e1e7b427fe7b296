/** Single files and folders out of a volume's tar, into a folder of the host. */
@NullMarked
package io.holdfast.podman.extract;

import org.jspecify.annotations.NullMarked;
