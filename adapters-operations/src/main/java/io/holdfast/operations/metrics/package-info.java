/** What Prometheus reads of this host's runs: a text file, or an address that serves the same. */
@NullMarked
package io.holdfast.operations.metrics;

import org.jspecify.annotations.NullMarked;
