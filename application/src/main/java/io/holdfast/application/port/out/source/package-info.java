/** Where artifacts come from and where they are restored to. */
@NullMarked
package io.holdfast.application.port.out.source;

import org.jspecify.annotations.NullMarked;
