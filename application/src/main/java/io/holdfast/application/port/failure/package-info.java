/** How anything in Holdfast fails: one sealed hierarchy that tells what, why and what to do. */
@NullMarked
package io.holdfast.application.port.failure;

import org.jspecify.annotations.NullMarked;
