package io.holdfast.podman;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TarMessagesTest {

  private final TarMessages messages = new TarMessages();

  @Test
  void tellsWhatChangedVanishedAndShrank() {
    messages.add("tar: ./a/log: file changed as we read it");
    messages.add("tar: ./gone: File removed before we read it");
    messages.add("tar: ./cut: File shrank by 77 bytes; padding with zeros");

    assertThat(messages.onlyTellOfChanges()).isTrue();
    assertThat(messages.warnings())
        .containsExactly(
            "a/log changed while it was read; its copy may be a mixture.",
            "gone vanished before it was read; it is not in the archive.",
            "cut became shorter while it was read; its copy ends in zeros.");
  }

  @Test
  void anythingElseIsNoMereChange() {
    messages.add("tar: ./a: file changed as we read it");
    messages.add("tar: ./b: Cannot open: Permission denied");

    assertThat(messages.onlyTellOfChanges()).isFalse();
    assertThat(messages.warnings()).contains("tar: ./b: Cannot open: Permission denied");
  }

  @Test
  void nothingSaidExplainsNothing() {
    assertThat(messages.onlyTellOfChanges()).isFalse();
  }

  @Test
  void countsSocketsInOneWarning() {
    messages.add("tar: ./run/s1: socket ignored");
    messages.add("tar: ./run/s2: socket ignored");

    assertThat(messages.warnings())
        .containsExactly(
            "2 sockets (run/s1 and others) are not in the archive: tar cannot hold sockets.");
  }

  @Test
  void namesAHundredAndCountsTheRest() {
    for (int i = 0; i < 250; i++) {
      messages.add("tar: ./f" + i + ": file changed as we read it");
    }

    assertThat(messages.warnings())
        .hasSize(101)
        .last()
        .isEqualTo("150 more files changed while they were read.");
  }

  @Test
  void undoesTarsQuoting() {
    assertThat(TarMessages.readable("./plain name")).isEqualTo("plain name");
    assertThat(TarMessages.readable("./\\303\\274n\\303\\257")).isEqualTo("ünï");
    assertThat(TarMessages.readable("./a\\\\b")).isEqualTo("a\\b");
    assertThat(TarMessages.readable("./a\\\\303x")).isEqualTo("a\\303x");
    assertThat(TarMessages.readable("./new\\nline")).isEqualTo("new\\nline");
    assertThat(TarMessages.readable("./latin1\\344")).isEqualTo("latin1\ufffd");
    assertThat(TarMessages.readable("./")).isEqualTo("./");
  }
}
