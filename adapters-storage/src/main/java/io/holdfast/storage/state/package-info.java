/** What Holdfast remembers of itself on this host: intents, locks, processes. */
@NullMarked
package io.holdfast.storage.state;

import org.jspecify.annotations.NullMarked;
