package io.holdfast.launcher.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {

  private static final String REFUSE =
      "throw new io.holdfast.application.port.failure.ConfigurationFailure(%s, \"\");";

  @TempDir private Path scratch;

  @Test
  void without_a_folder_or_with_an_empty_one_there_is_no_plugin() throws IOException {
    assertThat(Plugins.load(new PluginPlaces(Optional.of(folder()), List.of())).claims()).isEmpty();
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("README.md"), "put jars here");
    Files.createDirectories(folder().resolve(".git"));
    Files.writeString(folder().resolve(".hidden.jar"), "not one");
    Files.writeString(folder().resolve("old.jar.disabled"), "not one");
    assertThat(load().claims()).isEmpty();
  }

  @Test
  void a_jar_serves_every_scheme_that_its_providers_name() throws IOException {
    maker()
        .provider("dav.Plain", "dav", "return null;")
        .provider("dav.Secure", "davs", "return null;")
        .jar(folder().resolve("dav.jar"));
    try (Plugins plugins = load()) {
      assertThat(plugins.claims()).extracting(Claim::scheme).containsExactly("dav", "davs");
      assertThat(plugins.claims().get(0).plugin()).contains("dav.Plain", folder() + "/dav.jar");
    }
  }

  @Test
  void a_plugin_sees_the_jdk_and_the_interface_and_nothing_else_of_holdfast() throws IOException {
    maker()
        .provider("peek.Peek", "peek", REFUSE.formatted("Look.at(settings)"))
        .source(
            "peek.Look",
            """
            class Look {
              static String at(io.holdfast.application.port.out.store.Settings settings) {
                StringBuilder seen = new StringBuilder();
                for (String name : settings.value("names").get().split(",")) {
                  try {
                    Class.forName(name);
                    seen.append(name).append(' ');
                  } catch (ClassNotFoundException unseen) {
                    seen.append("- ");
                  }
                }
                ClassLoader mine = Look.class.getClassLoader();
                return seen.append(mine.getResource("META-INF/MANIFEST.MF"))
                    .append(mine == Thread.currentThread().getContextClassLoader())
                    .toString();
              }
            }
            """)
        .jar(folder().resolve("peek.jar"));
    try (Plugins plugins = load()) {
      String names =
          "java.net.http.HttpClient,io.holdfast.application.port.out.store.BlobKey,"
              + "io.holdfast.application.port.failure.StorageFailure,"
              + "io.holdfast.application.service.UseCases,io.holdfast.launcher.Main,"
              + "com.google.inject.Guice,tools.jackson.core.JsonParser";
      assertThatThrownBy(() -> plugins.claims().get(0).provider().open(settings("peek", names)))
          .isInstanceOf(ConfigurationFailure.class)
          .hasMessage(
              "java.net.http.HttpClient io.holdfast.application.port.out.store.BlobKey "
                  + "io.holdfast.application.port.failure.StorageFailure - - - - nulltrue");
    }
    assertThat(Thread.currentThread().getContextClassLoader())
        .isNotInstanceOf(java.net.URLClassLoader.class);
  }

  @Test
  void every_type_in_the_interfaces_signatures_is_shown() throws Exception {
    ClassLoader window = new SpiWindow(Plugins.class.getClassLoader());
    for (Class<?> type : Signatures.below(BlobStoreProvider.class)) {
      assertThat(window.loadClass(type.getName())).isSameAs(type);
    }
  }

  @Test
  void a_plugin_may_bring_its_own_version_of_a_library_that_holdfast_has() throws IOException {
    String version = "public class Guice { public static String version() { return \"%s\"; } }";
    for (String name : List.of("one", "two")) {
      Path library =
          maker()
              .source("com.google.inject.Guice", version.formatted(name))
              .jar(folder().resolve(name + "/library.jar"));
      maker()
          .against(library)
          .provider(name + ".Provider", name, REFUSE.formatted("com.google.inject.Guice.version()"))
          .jar(folder().resolve(name + "/plugin.jar"));
    }
    try (Plugins plugins = load()) {
      assertThat(plugins.claims()).hasSize(2);
      for (Claim claim : plugins.claims()) {
        assertThatThrownBy(() -> claim.provider().open(settings(claim.scheme(), "")))
            .hasMessage(claim.scheme());
      }
    }
  }

  @Test
  void a_closed_plugin_loads_no_more_classes() throws IOException {
    maker()
        .provider("late.Late", "late", "return Later.store();")
        .source(
            "late.Later",
            "class Later { static io.holdfast.application.port.out.store.BlobStore store() {"
                + " return null; } }")
        .jar(folder().resolve("late.jar"));
    Plugins plugins = load();
    BlobStoreProvider provider = plugins.claims().get(0).provider();
    plugins.close();
    assertThatThrownBy(() -> provider.open(settings("late", "")))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("late.Later");
    plugins.close();
  }

  @Test
  void one_plugin_that_cannot_be_loaded_closes_those_before_it() throws IOException {
    maker().provider("a.Good", "good", "return null;").jar(folder().resolve("a.jar"));
    Files.writeString(folder().resolve("b.jar"), "no jar");
    refused("b.jar");
    Files.delete(folder().resolve("b.jar"));
    load().close();
  }

  @Test
  void a_plugin_for_another_version_of_the_interface_is_told_with_both_versions()
      throws IOException {
    maker()
        .named("next.Next")
        .source(
            "next.Next",
            """
            import io.holdfast.application.port.out.store.*;
            public class Next implements BlobStoreProvider {
              @Override public String scheme() { return "next"; }
              @Override public int spiVersion() { return 7; }
              @Override public BlobStore open(Settings settings) { return null; }
            }
            """)
        .jar(folder().resolve("next.jar"));
    assertThat(
            refused("next.Next", folder() + "/next.jar", "version 7", "this Holdfast has version 1")
                .hint())
        .contains("for this Holdfast");
  }

  @Test
  void a_plugin_that_does_not_say_was_built_for_the_first_version() throws IOException {
    maker()
        .named("mute.Mute")
        .source(
            "mute.Mute",
            """
            import io.holdfast.application.port.out.store.*;
            public class Mute implements BlobStoreProvider {
              @Override public String scheme() { return "mute"; }
              @Override public BlobStore open(Settings settings) { return null; }
            }
            """)
        .jar(folder().resolve("mute.jar"));
    try (Plugins plugins = load()) {
      assertThat(plugins.claims().get(0).provider().spiVersion()).isEqualTo(1);
    }
  }

  @Test
  void a_provider_that_is_not_in_its_jar_is_told() throws IOException {
    maker().named("no.Such").jar(folder().resolve("ghost.jar"));
    refused("ghost.jar", "no.Such", "not found");
  }

  @Test
  void a_provider_without_a_public_constructor_is_told() throws IOException {
    maker()
        .named("shy.Shy")
        .source(
            "shy.Shy",
            """
            import io.holdfast.application.port.out.store.*;
            public class Shy implements BlobStoreProvider {
              private Shy() {}
              @Override public String scheme() { return "shy"; }
              @Override public BlobStore open(Settings settings) { return null; }
            }
            """)
        .jar(folder().resolve("shy.jar"));
    refused("shy.jar", "shy.Shy", "constructor");
  }

  @Test
  void a_class_that_is_no_provider_is_told() throws IOException {
    maker()
        .named("some.Thing")
        .source("some.Thing", "public class Thing {}")
        .jar(folder().resolve("thing.jar"));
    refused("thing.jar", "some.Thing", "not a subtype");
  }

  @Test
  void a_provider_that_lacks_a_library_is_told_with_what_it_lacks() throws IOException {
    Path library =
        maker().source("lib.Base", "public class Base {}").jar(scratch.resolve("library.jar"));
    maker()
        .against(library)
        .named("poor.Poor")
        .source(
            "poor.Poor",
            """
            import io.holdfast.application.port.out.store.*;
            public class Poor extends lib.Base implements BlobStoreProvider {
              @Override public String scheme() { return "poor"; }
              @Override public BlobStore open(Settings settings) { return null; }
            }
            """)
        .jar(folder().resolve("poor.jar"));
    assertThat(refused("poor.jar", "lib/Base").hint()).contains("library", "version 1");
  }

  @Test
  void a_provider_whose_constructor_fails_is_told() throws IOException {
    maker()
        .named("bad.Bad")
        .source(
            "bad.Bad",
            """
            import io.holdfast.application.port.out.store.*;
            public class Bad implements BlobStoreProvider {
              public Bad() { throw new IllegalStateException("no luck today"); }
              @Override public String scheme() { return "bad"; }
              @Override public BlobStore open(Settings settings) { return null; }
            }
            """)
        .jar(folder().resolve("bad.jar"));
    refused("bad.jar", "bad.Bad", "no luck today");
  }

  @Test
  void a_scheme_that_is_none_is_told() throws IOException {
    maker().provider("up.Upper", "Upper", "return null;").jar(folder().resolve("upper.jar"));
    refused("upper.jar", "up.Upper", "'Upper'");
  }

  @Test
  void a_jar_without_a_provider_is_told() throws IOException {
    maker().source("lib.Only", "public class Only {}").jar(folder().resolve("library.jar"));
    assertThat(refused("library.jar", "META-INF/services").hint()).contains("folder of their own");
  }

  @Test
  void a_damaged_jar_is_told_alone_and_within_a_plugins_folder() throws IOException {
    Path good =
        maker().provider("a.Good", "good", "return null;").jar(folder().resolve("good/good.jar"));
    byte[] whole = Files.readAllBytes(good);
    Path half = Files.write(folder().resolve("good/half.jar"), java.util.Arrays.copyOf(whole, 300));
    refused("good/half.jar", "damaged");
    Files.delete(half);
    load().close();
    Files.createFile(folder().resolve("empty.jar"));
    refused("empty.jar", "damaged");
  }

  @Test
  void a_folder_without_a_jar_is_told() throws IOException {
    Files.createDirectories(folder().resolve("empty/deeper"));
    Files.writeString(folder().resolve("empty/deeper/x.jar"), "");
    refused(folder() + "/empty");
  }

  @Test
  void a_link_is_followed_and_one_that_leads_nowhere_is_told() throws IOException {
    Path jar =
        maker().provider("a.Good", "good", "return null;").jar(scratch.resolve("elsewhere.jar"));
    Files.createDirectories(folder());
    Files.createSymbolicLink(folder().resolve("good.jar"), jar);
    load().close();
    Files.createSymbolicLink(folder().resolve("gone.jar"), Path.of("/nowhere/at-all.jar"));
    refused("gone.jar", "/nowhere/at-all.jar", "leads nowhere");
  }

  @Test
  void a_link_to_itself_and_a_jar_that_is_no_file_are_told() throws Exception {
    Files.createDirectories(folder());
    Path loop = Files.createSymbolicLink(folder().resolve("loop.jar"), Path.of("loop.jar"));
    refused("loop.jar", "leads nowhere");
    Files.delete(loop);
    Files.createSymbolicLink(folder().resolve("null.jar"), Path.of("/dev/null"));
    refused("null.jar", "neither a file nor a folder");
  }

  @Test
  void what_may_not_be_read_is_told_with_what_to_do() {
    ConfigurationFailure failure =
        JarTrouble.of(
            "the storage plugin /x.jar", new java.nio.file.AccessDeniedException("/x.jar"));
    assertThat(failure).hasMessage("the storage plugin /x.jar cannot be read: permission denied");
    assertThat(failure.hint()).contains(System.getProperty("user.name"));
  }

  @Test
  void the_operator_may_name_jars_and_folders_besides_and_twice() throws IOException {
    Path one = maker().provider("a.One", "one", "return null;").jar(folder().resolve("one.jar"));
    Path two =
        maker().provider("b.Two", "two", "return null;").jar(scratch.resolve("other/two.jar"));
    PluginPlaces places =
        new PluginPlaces(Optional.of(folder()), List.of(folder(), two, two.getParent(), one));
    try (Plugins plugins = Plugins.load(places)) {
      assertThat(plugins.claims()).extracting(Claim::scheme).containsExactly("one", "two");
    }
  }

  @Test
  void a_place_that_is_named_and_not_there_is_told() {
    PluginPlaces places = new PluginPlaces(Optional.empty(), List.of(scratch.resolve("no.jar")));
    assertThatThrownBy(() -> Plugins.load(places))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining(scratch.resolve("no.jar").toString())
        .hasMessageContaining("HOLDFAST_PLUGINS");
  }

  private ConfigurationFailure refused(String... words) {
    ConfigurationFailure failure = catchThrowableOfType(ConfigurationFailure.class, this::load);
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).contains(words);
    assertThat(failure.hint()).isNotEmpty();
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
    return failure;
  }

  private Plugins load() {
    return Plugins.load(new PluginPlaces(Optional.of(folder()), List.of()));
  }

  private Path folder() {
    return scratch.resolve("plugins");
  }

  private JarMaker maker() throws IOException {
    return new JarMaker(scratch);
  }

  private static Settings settings(String scheme, String names) {
    return new Settings("nas", URI.create(scheme + "://there"), Map.of("names", names), Map.of());
  }
}
