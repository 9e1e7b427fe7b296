/** When what is run by itself. */
@NullMarked
package io.holdfast.domain.schedule;

import org.jspecify.annotations.NullMarked;
