/** How sets change from one to the next, and what about that an operator should hear of. */
@NullMarked
package io.holdfast.domain.trend;

import org.jspecify.annotations.NullMarked;
