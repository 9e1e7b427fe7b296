package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sets that are read by their place alone, without a configuration: from an SSH server, by path.
 */
class SetUrlIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private SshServer ssh;
  private String volume;
  private Path home;
  private String set;

  @BeforeEach
  void begin() throws Exception {
    podman = new Podman();
    ssh = new SshServer(folder.resolve("ssh"), folder.resolve("sets"));
    volume = podman.volume("files", "--label=kept=yes");
    Shell.bash("echo hello >%1$s/a; chown 7:8 %1$s/a".formatted(Podman.folder(volume)));
    Operator operator = new Operator(folder.resolve("operator")).withoutTargets().volumes(volume);
    ssh.addTo(operator, "nas");
    operator.holdfast("backup", "volumes").ok();
    set = new Repository(ssh.root()).onlySet();
    home = folder.resolve("home");
    Files.createDirectories(home.resolve(".ssh"));
    Podman.removeVolume(volume);
  }

  @AfterEach
  void end() {
    ssh.close();
    podman.close();
  }

  @Test
  void on_an_ssh_server_they_are_found_with_the_keys_that_ssh_would_take() {
    Outcome nobody = bare("list", url()).exits(10);
    nobody.tells("HOLDFAST_SFTP_PASSWORD", "--storage-option private-key=PATH");

    Shell.call("cp", folder.resolve("ssh/key").toString(), home + "/.ssh/id_ed25519");
    bare("list", url()).exits(12).tells("ssh-keyscan");

    Shell.call("cp", ssh.knownHosts().toString(), home + "/.ssh/known_hosts");
    bare("list", url()).ok().tells(set, "COMPLETE");
    bare("verify", url() + "/latest", "--deep").ok();
    bare("restore", "volumes", url() + "/" + set).ok().tells("equal: 2 files and folders");
    assertBack();
  }

  @Test
  void an_option_takes_the_place_of_what_ssh_would_take() {
    bare(
            "restore",
            "volumes",
            url(),
            "--storage-option",
            "private-key=" + folder.resolve("ssh/key"),
            "--storage-option",
            "known-hosts=" + ssh.knownHosts())
        .ok();
    assertBack();
  }

  @Test
  void on_a_terminal_the_key_of_an_unknown_server_is_shown_and_a_passphrase_is_asked_for() {
    Shell.bash(
        "cp %1$s/key %2$s/.ssh/id_ed25519; ssh-keygen -q -p -P '' -N hf-e2e-hush -f %2$s/.ssh/id_ed25519"
            .formatted(folder.resolve("ssh"), home));
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("Passphrase of the key", "hf-e2e-hush");
    answers.put(ssh.fingerprint(), "yes");
    Outcome told = onTerminal(answers, "restore", "volumes", url());

    assertThat(told.exit()).as(told.told()).isZero();
    assertThat(told.stdout())
        .contains(ssh.fingerprint(), "Passphrase of the key")
        .doesNotContain("hf-e2e-hush");
    assertBack();
  }

  @Test
  void by_path_and_by_file_url_they_need_nothing_else() {
    bare("restore", "volumes", ssh.root().resolve(set).toString()).ok();
    assertBack();
    Podman.removeVolume(volume);

    bare("restore", "volumes", ssh.root().toUri() + set).ok().tells("equal: 2 files and folders");
    assertBack();
  }

  private void assertBack() {
    assertThat(Shell.call("stat", "-c", "%u:%g %s", Podman.folder(volume) + "/a").trim())
        .isEqualTo("7:8 6");
    assertThat(Podman.inspectVolume(volume, "{{.Labels}}")).isEqualTo("map[kept:yes]");
  }

  private String url() {
    return ssh.url(ssh.port());
  }

  /** On a machine that has no configuration. */
  private Outcome bare(String... arguments) {
    return shell().run(command(arguments));
  }

  /** The same with somebody at the keyboard, who answers each question once it is there. */
  private Outcome onTerminal(Map<String, String> answers, String... arguments) {
    Path screen = folder.resolve("screen");
    StringBuilder keyboard = new StringBuilder();
    answers.forEach(
        (question, answer) ->
            keyboard.append(
                "for _ in $(seq 600); do ! grep -qF %s %s || break; sleep 0.1; done; echo %s; "
                    .formatted(Shell.quote(question), screen, answer)));
    Path command = folder.resolve("command");
    Operator.write(
        command, String.join(" ", command(arguments).stream().map(Shell::quote).toList()));
    return shell()
        .script(
            "touch %2$s; { %1$s } | script --quiet --flush --return --command 'bash %3$s' %2$s"
                .formatted(keyboard, screen, command));
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(Needs.launcher().toString()));
    Stream.of(arguments).forEach(command::add);
    return command;
  }

  private Shell shell() {
    return new Shell()
        .in(Path.of("/"))
        // Like ssh itself, Java goes by the user's entry in passwd and not by HOME.
        .with("HOLDFAST_JAVA_OPTS", "-Duser.home=" + home)
        .with("TERM", "xterm")
        .with("HOLDFAST_STATE", folder.resolve("other-state").toString());
  }
}
