package io.holdfast.application.service;

import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.Cut;
import java.util.List;

/**
 * What became of a plan.
 *
 * @param artifacts each of its artifacts, in its order, and containers that do not go on
 * @param cut the moment of which they are
 * @param warnings what an operator should know of that
 * @param doubts why the set is suspect
 */
record CutArtifacts(
    List<Artifact> artifacts, Cut cut, List<String> warnings, List<String> doubts) {}
