/** Running programs, on the host or in a container. */
@NullMarked
package io.holdfast.application.port.out.command;

import org.jspecify.annotations.NullMarked;
