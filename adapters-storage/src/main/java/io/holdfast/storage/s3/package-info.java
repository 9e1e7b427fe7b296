/** Blob stores in a bucket of Amazon S3, or of a server that speaks its language. */
@NullMarked
package io.holdfast.storage.s3;

import org.jspecify.annotations.NullMarked;
