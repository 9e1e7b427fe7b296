/** JSON as a tree of plain values, read field by field with errors that name the field. */
@NullMarked
package io.holdfast.storage.json;

import org.jspecify.annotations.NullMarked;
