package io.holdfast.launcher.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a schedule may say, as those know who keep it.
 *
 * @param cron tells whether a text is a cron expression
 * @param misuse what is wrong with a command line, its command first; empty when nothing
 */
public record ScheduleGrammar(
    Predicate<String> cron, Function<List<String>, Optional<String>> misuse) {}
