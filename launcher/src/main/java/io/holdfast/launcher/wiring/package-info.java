/**
 * Puts the program together: the configuration, the adapters, the use cases. The only user of
 * Guice.
 */
@NullMarked
package io.holdfast.launcher.wiring;

import org.jspecify.annotations.NullMarked;
