package io.holdfast.domain.schedule;

/**
 * What is run at certain times.
 *
 * @param name of what is run
 * @param expression by which the times are known again: an entry with another one is a new entry
 * @param times when
 */
public record Entry(String name, String expression, Times times) {}
