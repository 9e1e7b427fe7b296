package io.holdfast.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.Secret;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case lets a store pass that does right, and finds the one that does not. */
class ContractTest {

  private static final Limits SMALL = new Limits(1_000_000, 3, List.of(100_000L), 2500);

  static Stream<Mutant> mutants() {
    return Stream.of(
            WriterMutants.all(),
            RaceMutants.all(),
            ReadMutants.all(),
            ListingMutants.all(),
            NameMutants.all(),
            FailureMutants.all())
        .flatMap(Function.identity());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void a_case_finds_the_store_that_breaks_its_promise(Mutant mutant) {
    BrokenPromiseException broken =
        catchThrowableOfType(
            BrokenPromiseException.class, () -> caseOf(mutant.promise()).run(bench(mutant.over())));

    assertThat(broken).as(mutant.toString()).isNotNull();
    assertThat(broken.promise()).isEqualTo(mutant.promise());
    assertThat(broken.seen()).contains(mutant.seen());
    assertThat(broken.getMessage()).contains(broken.promise(), broken.seen());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void a_case_lets_the_store_pass_that_keeps_it(Mutant mutant) {
    caseOf(mutant.promise()).run(bench(memory -> memory));
  }

  @Test
  void there_is_a_mutant_for_every_case() {
    Set<String> broken = mutants().map(Mutant::promise).collect(Collectors.toSet());
    assertThat(Contract.whole()).extracting(ContractCase::promise).allMatch(broken::contains);
  }

  @Test
  void no_two_cases_promise_the_same() {
    assertThat(Contract.whole()).extracting(ContractCase::promise).doesNotHaveDuplicates();
  }

  @Test
  void the_quick_form_finds_stores_that_replace_truncate_or_list_wrongly() {
    assertThat(Contract.quick()).hasSizeBetween(5, 15);
    for (String fault :
        List.of(
            "a commit replaces",
            "its last byte is cut",
            "it is backwards",
            "close publishes",
            "the second deletion fails")) {
      Mutant mutant = mutants().filter(m -> m.fault().equals(fault)).findFirst().orElseThrow();
      assertThat(Contract.quick()).as(fault).anyMatch(each -> isBrokenBy(each, mutant));
    }
  }

  @Test
  void a_case_that_is_cancelled_ends_as_interrupted_and_closes_its_stores() {
    Cancellation cancellation = new Cancellation();
    OpenCount count = new OpenCount(new InMemoryBlobStore(), cancellation);

    for (ContractCase each : Contract.whole()) {
      assertThatThrownBy(() -> each.run(count))
          .as(each.promise())
          .isInstanceOf(InterruptedFailure.class);
    }

    assertThat(count.open).isZero();
    assertThat(count.memory.contents()).isEmpty();
  }

  private static boolean isBrokenBy(ContractCase each, Mutant mutant) {
    try {
      each.run(bench(mutant.over()));
      return false;
    } catch (BrokenPromiseException found) {
      return true;
    }
  }

  private static ContractCase caseOf(String promise) {
    return Contract.whole().stream()
        .filter(each -> each.promise().equals(promise))
        .findFirst()
        .orElseThrow();
  }

  private static Bench bench(Function<InMemoryBlobStore, BlobStore> over) {
    InMemoryBlobStore memory = new InMemoryBlobStore();
    return new MemoryBench(() -> over.apply(memory), new Cancellation());
  }

  /** Opens what it is given. */
  record MemoryBench(Supplier<BlobStore> opening, Cancellation cancellation) implements Bench {
    @Override
    public BlobStore open() {
      return opening.get();
    }

    @Override
    public Limits limits() {
      return SMALL;
    }

    @Override
    public Collection<Secret> secrets() {
      return List.of(Secret.of(new char[0]), Secret.of(FailureMutants.SECRET));
    }
  }

  /** Counts the stores that are open. */
  private static final class OpenCount implements Bench {
    private final InMemoryBlobStore memory;
    private final Cancellation cancellation;
    private int open;

    private OpenCount(InMemoryBlobStore memory, Cancellation cancellation) {
      this.memory = memory;
      this.cancellation = cancellation;
    }

    @Override
    public BlobStore open() {
      open++;
      cancellation.cancel();
      return new ForwardingBlobStore(memory) {
        @Override
        public void close() {
          open--;
        }
      };
    }

    @Override
    public Limits limits() {
      return SMALL;
    }

    @Override
    public Collection<Secret> secrets() {
      return List.of();
    }

    @Override
    public Cancellation cancellation() {
      return cancellation;
    }
  }
}
