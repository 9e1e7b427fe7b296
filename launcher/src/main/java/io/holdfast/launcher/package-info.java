/** Where the program begins. */
@NullMarked
package io.holdfast.launcher;

import org.jspecify.annotations.NullMarked;
