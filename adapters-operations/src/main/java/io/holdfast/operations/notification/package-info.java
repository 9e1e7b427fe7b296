/** Tells people and programs of runs: webhooks, mail, and pings to a watchdog. */
@NullMarked
package io.holdfast.operations.notification;

import org.jspecify.annotations.NullMarked;
