/** Which sets are kept, which go, and why. */
@NullMarked
package io.holdfast.domain.retention;

import org.jspecify.annotations.NullMarked;
