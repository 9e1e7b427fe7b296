package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.in.RecreateHost;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ContainerRecreation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files for other programs are written of sets that tell of containers. */
class RecreateHostServiceTest {

  private final TestHost host = new TestHost().storesOn("local", new InMemoryBlobStore());
  private final Forge forge = new Forge();

  @ParameterizedTest
  @EnumSource(ContainerRecreation.Form.class)
  void a_set_that_tells_of_no_container_gives_no_files(ContainerRecreation.Form form) {
    back(ArtifactId.volume("files"));

    assertThatThrownBy(() -> write(form))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessage("The set 20251006_020000 tells of no container; nothing was written.");
  }

  @ParameterizedTest
  @EnumSource(ContainerRecreation.Form.class)
  void those_of_its_containers_are_written(ContainerRecreation.Form form) {
    back(ArtifactId.volume("files"), ArtifactId.container("wiki"));

    assertThat(write(form).notes()).containsExactly("wiki as " + form);
  }

  private void back(ArtifactId... artifacts) {
    FakeSource source = FakeSource.volumes();
    for (ArtifactId artifact : artifacts) {
      source.has(
          FakeSource.spec(artifact),
          (sink, cancellation) -> {
            sink.write(1);
            return FakeSource.report(1);
          });
    }
    host.with(source).backup();
  }

  private ContainerRecreation.Written write(ContainerRecreation.Form form) {
    RecreateHost recreate =
        host.useCases()
            .restores()
            .recreateHost(
                forge,
                (name, server) -> {
                  throw new AssertionError(name);
                });
    return recreate.write(
        new SetSelector.ById(TestHost.ID, Optional.empty()), form, new Cancellation());
  }

  /** Writes who it was asked for. */
  private static final class Forge implements ContainerRecreation {

    @Override
    public Plan prepare(
        List<Described> containers,
        Set<String> restored,
        Secrets secrets,
        Cancellation cancellation) {
      throw new AssertionError(containers);
    }

    @Override
    public Written write(List<Described> containers, Form form) {
      return new Written(
          List.of(),
          containers.stream().map(container -> container.name() + " as " + form).toList());
    }
  }
}
