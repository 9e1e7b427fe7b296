/** The use cases; outside this package only {@link UseCases} and its families are seen. */
@NullMarked
package io.holdfast.application.service;

import org.jspecify.annotations.NullMarked;
