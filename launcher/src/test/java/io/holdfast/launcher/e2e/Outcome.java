package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came of a program. */
record Outcome(List<String> argv, int exit, String stdout, String stderr) {

  /** Two documents, or a document and a stray line, are a failure. */
  static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** All of it, for the message of a failed assertion. */
  String told() {
    return argv + " exited " + exit + "\n--- stdout\n" + stdout + "\n--- stderr\n" + stderr;
  }

  Outcome ok() {
    return exits(0);
  }

  Outcome exits(int code) {
    assertThat(exit).as(told()).isEqualTo(code);
    assertThat(stderr).as("stack traces are for bugs").doesNotContain("\tat io.holdfast");
    return this;
  }

  /** The one JSON document on stdout. */
  JsonNode json() {
    assertThat(stdout).as(told()).isNotBlank();
    return JSON.readTree(stdout);
  }

  Outcome tells(String... words) {
    assertThat(stdout + stderr).as(told()).contains(words);
    return this;
  }
}
