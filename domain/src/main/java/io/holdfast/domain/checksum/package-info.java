/** SHA-256 checksums and the GNU coreutils file that lists them. */
@NullMarked
package io.holdfast.domain.checksum;

import org.jspecify.annotations.NullMarked;
