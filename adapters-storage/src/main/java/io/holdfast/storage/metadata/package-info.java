/** The JSON that Holdfast writes about sets. */
@NullMarked
package io.holdfast.storage.metadata;

import org.jspecify.annotations.NullMarked;
