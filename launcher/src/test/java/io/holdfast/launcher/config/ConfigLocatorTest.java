package io.holdfast.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLocatorTest {

  @TempDir private Path folder;

  @Test
  void the_option_wins_over_the_variable_and_both_over_what_lies_about() throws IOException {
    Path here = Files.createFile(folder.resolve("holdfast.yaml"));
    Path user = folder.resolve("xdg/holdfast/holdfast.yaml");
    Files.createDirectories(folder.resolve("xdg/holdfast"));
    Files.createFile(user);
    Map<String, String> xdg = Map.of("XDG_CONFIG_HOME", folder.resolve("xdg").toString());
    Map<String, String> both =
        Map.of("XDG_CONFIG_HOME", folder.resolve("xdg").toString(), "HOLDFAST_CONFIG", "v.yaml");

    assertThat(locator(both).find(Optional.of(Path.of("o.yaml"))))
        .contains(folder.resolve("o.yaml"));
    assertThat(locator(both).find(Optional.empty())).contains(folder.resolve("v.yaml"));
    assertThat(locator(xdg).find(Optional.empty())).contains(here);
    Files.delete(here);
    assertThat(locator(xdg).find(Optional.empty())).contains(user);
  }

  @Test
  void without_xdg_the_config_folder_of_the_home_is_searched() throws IOException {
    Path user = folder.resolve(".config/holdfast/holdfast.yaml");
    Files.createDirectories(folder.resolve(".config/holdfast"));
    Files.createFile(user);
    assertThat(locator(Map.of("HOME", folder.toString())).find(Optional.empty())).contains(user);
  }

  @Test
  void where_it_was_looked_for_is_told() {
    assertThat(locator(Map.of("HOME", "/home/op")).notFound())
        .hasMessage(
            "there is no configuration file; looked for:\n"
                + folder.resolve("holdfast.yaml")
                + "\n/home/op/.config/holdfast/holdfast.yaml\n/etc/holdfast/holdfast.yaml");
  }

  private ConfigLocator locator(Map<String, String> environment) {
    return new ConfigLocator(TestSurroundings.of(folder, environment));
  }
}
