/** Times that a cron expression tells. */
@NullMarked
package io.holdfast.operations.cron;

import org.jspecify.annotations.NullMarked;
