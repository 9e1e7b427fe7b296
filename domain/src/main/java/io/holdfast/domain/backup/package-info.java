/** What a backup set is: its id, its artifacts, its manifest. */
@NullMarked
package io.holdfast.domain.backup;

import org.jspecify.annotations.NullMarked;
