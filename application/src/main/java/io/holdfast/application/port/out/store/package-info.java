/** Where sets are kept: the storage plugin interface. */
@NullMarked
package io.holdfast.application.port.out.store;

import org.jspecify.annotations.NullMarked;
