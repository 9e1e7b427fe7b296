/** Blob stores in a folder of this host, for {@code file} urls. */
@NullMarked
package io.holdfast.storage.local;

import org.jspecify.annotations.NullMarked;
