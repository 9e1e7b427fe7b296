package io.holdfast.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

  private static final List<String> KNOWN = List.of("host", "port", "password", "access-key");

  @Test
  void a_slip_finds_its_name() {
    assertThat(NearestName.to("prot", KNOWN)).contains("port");
    assertThat(NearestName.to("Passwort", KNOWN)).contains("password");
    assertThat(NearestName.to("access_key", KNOWN)).contains("access-key");
    assertThat(NearestName.to("hst", KNOWN)).contains("host");
  }

  @Test
  void what_resembles_nothing_finds_nothing() {
    assertThat(NearestName.to("x", KNOWN)).isEmpty();
    assertThat(NearestName.to("compression", KNOWN)).isEmpty();
  }
}
