/** What a schedule is kept with. */
@NullMarked
package io.holdfast.application.port.out.schedule;

import org.jspecify.annotations.NullMarked;
