package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;

/** The names that a database goes by while it is replaced. */
class SwapNamesTest {

  @Example
  void tellWhatTheyAreFor() {
    assertThat(SwapNames.incoming("shop", Set.of())).isEqualTo("shop__restoring");
    assertThat(SwapNames.outgoing("a \"b\"", Set.of())).isEqualTo("a \"b\"__replaced");
  }

  @Property
  void fitPostgresAndAreFree(@ForAll @NotEmpty String database) {
    Set<String> taken = new HashSet<>(Set.of(database));
    for (int i = 0; i < 12; i++) {
      String incoming = SwapNames.incoming(database, taken);
      String outgoing = SwapNames.outgoing(database, taken);
      assertThat(incoming.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
      assertThat(outgoing.getBytes(StandardCharsets.US_ASCII))
          .hasSizeLessThanOrEqualTo(63)
          .isEqualTo(outgoing.getBytes(StandardCharsets.UTF_8));
      assertThat(taken.add(incoming)).isTrue();
      assertThat(taken.add(outgoing)).isTrue();
    }
  }

  @Example
  void tellLongNamesWithTheSameBeginningApart() {
    String first = SwapNames.incoming("x".repeat(62) + "1", Set.of());
    assertThat(first).isNotEqualTo(SwapNames.incoming("x".repeat(62) + "2", Set.of()));
    assertThat(first).endsWith("__restoring").hasSize(63);
  }
}
