/** What artifacts held, in few bytes, and in what two of them differ. */
@NullMarked
package io.holdfast.domain.fingerprint;

import org.jspecify.annotations.NullMarked;
