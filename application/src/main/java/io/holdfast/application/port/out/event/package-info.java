/** What happens during a run, as it happens. */
@NullMarked
package io.holdfast.application.port.out.event;

import org.jspecify.annotations.NullMarked;
