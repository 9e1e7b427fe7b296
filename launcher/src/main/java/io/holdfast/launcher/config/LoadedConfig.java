package io.holdfast.launcher.config;

/**
 * What a configuration file says, and what is wrong with it so far: storage plugins may add to the
 * problems before they are thrown.
 *
 * @param config only to be acted on when there is no problem
 * @param problems all that were found
 */
public record LoadedConfig(HoldfastConfig config, Problems problems) {}
