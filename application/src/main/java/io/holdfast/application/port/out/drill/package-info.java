/** Places where a set is restored to be looked at, and nothing else ever sees it. */
@NullMarked
package io.holdfast.application.port.out.drill;

import org.jspecify.annotations.NullMarked;
