/** From {@code holdfast.yaml} to settings: found, read, and every problem told at once. */
@NullMarked
package io.holdfast.launcher.config;

import org.jspecify.annotations.NullMarked;
