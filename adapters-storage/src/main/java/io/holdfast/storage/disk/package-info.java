/**
 * What every adapter on this host's disk shares: durable folders, and errors that an operator can
 * act on.
 */
@NullMarked
package io.holdfast.storage.disk;

import org.jspecify.annotations.NullMarked;
