/**
 * Storage plugins in jars: finds them, loads each in a class loader of its own, and keeps what
 * their code does wrong from looking like a bug of Holdfast.
 */
@NullMarked
package io.holdfast.launcher.plugin;

import org.jspecify.annotations.NullMarked;
