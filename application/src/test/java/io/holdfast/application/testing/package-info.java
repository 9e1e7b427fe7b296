/** Hand-written fakes of the ports, for the tests of every module. */
@NullMarked
package io.holdfast.application.testing;

import org.jspecify.annotations.NullMarked;
