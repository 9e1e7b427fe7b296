/** What must be undone if Holdfast is killed. */
@NullMarked
package io.holdfast.application.port.out.recovery;

import org.jspecify.annotations.NullMarked;
