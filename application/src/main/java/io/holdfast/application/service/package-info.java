/** The use cases; outside this package only {@link UseCases} is seen. */
@NullMarked
package io.holdfast.application.service;

import org.jspecify.annotations.NullMarked;
