/** The operator's own programs around runs. */
@NullMarked
package io.holdfast.operations.hook;

import org.jspecify.annotations.NullMarked;
