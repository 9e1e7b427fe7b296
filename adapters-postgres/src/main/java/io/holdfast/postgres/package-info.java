/** Backs up and restores the databases of PostgreSQL clusters. */
@NullMarked
package io.holdfast.postgres;

import org.jspecify.annotations.NullMarked;
