/** Backup sets over blob stores. The commit rule, checksums last, lives here and nowhere else. */
@NullMarked
package io.holdfast.application.catalog;

import org.jspecify.annotations.NullMarked;
