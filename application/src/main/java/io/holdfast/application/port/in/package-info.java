/** What Holdfast does for an operator: one interface a use case. */
@NullMarked
package io.holdfast.application.port.in;

import org.jspecify.annotations.NullMarked;
