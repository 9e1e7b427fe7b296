/** What is remembered of runs on this host, and who is told of them. */
@NullMarked
package io.holdfast.application.port.out.history;

import org.jspecify.annotations.NullMarked;
