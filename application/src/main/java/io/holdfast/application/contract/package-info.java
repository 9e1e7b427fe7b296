/**
 * What every blob store keeps to, as cases that run on any store: in the tests of a plugin, and on
 * an operator's own target.
 */
@NullMarked
package io.holdfast.application.contract;

import org.jspecify.annotations.NullMarked;
