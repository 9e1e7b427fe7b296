package io.holdfast.domain.fingerprint;

/**
 * What an artifact held at its source, in few bytes, so that a restored one can be shown to hold
 * the same. Part of a set's manifest.
 */
public sealed interface Fingerprint
    permits DatabaseFingerprint, GlobalsFingerprint, TreeFingerprint {}
