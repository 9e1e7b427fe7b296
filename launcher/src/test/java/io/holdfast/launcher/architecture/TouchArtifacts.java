package io.holdfast.launcher.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** All but what reads small things of the host by nature, each named with its reason. */
final class TouchArtifacts extends DescribedPredicate<JavaClass> {

  private final Set<String> exempt;

  TouchArtifacts(String root) {
    super("touch artifacts");
    this.exempt =
        Set.of(
            // Podman's answers about containers and volumes; no artifact passes here.
            root + ".podman.command.Podman",
            root + ".podman.PodmanHost",
            // Files of the state folder, which Holdfast has written itself, and of /proc.
            root + ".storage.state.FileHostLock",
            root + ".storage.state.FileRecoveryJournal",
            root + ".storage.state.LinuxProcessTable");
  }

  @Override
  public boolean test(JavaClass type) {
    return !exempt.contains(type.getName());
  }
}
