package io.holdfast.launcher.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.holdfast");

  private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages("broken");

  @TestFactory
  Stream<DynamicTest> the_product_keeps() {
    return new ArchitectureRules("io.holdfast")
        .all().entrySet().stream()
            .map(
                rule ->
                    DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(PRODUCT)));
  }

  @TestFactory
  Stream<DynamicTest> a_fixture_breaks() {
    return new ArchitectureRules("broken")
        .all().entrySet().stream()
            .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> breaks(rule.getValue())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "domain.backup",
        "domain.checksum",
        "domain.history",
        "domain.recovery",
        "domain.retention",
        "application.port.in",
        "application.port.out.source",
        "application.port.out.store",
        "application.port.out.command",
        "application.port.out.event",
        "application.port.out.recovery",
        "application.port.out.history",
        "application.service",
        "application.stream",
        "application.catalog",
        "application.contract",
        "postgres",
        "podman",
        "podman.command",
        "podman.archive",
        "podman.codec",
        "storage.local",
        "storage.state",
        "storage.metadata",
        "operations.cron",
        "operations.notification",
        "operations.metrics",
        "launcher",
        "launcher.cli",
        "launcher.config",
        "launcher.plugin",
        "launcher.wiring"
      })
  void a_package_that_is_named_in_a_rule_or_the_architecture_has_classes(String name) {
    String full = "io.holdfast." + name;
    assertThat(PRODUCT.containPackage(full)).isTrue();
    assertThat(PRODUCT.getPackage(full).getClasses())
        .anyMatch(type -> !type.getSimpleName().equals("package-info"));
  }

  @Test
  void every_storage_plugin_passes_the_contract_of_stores() throws IOException {
    Path project = Path.of("..").toAbsolutePath().normalize();
    List<Path> contractTests = contractTests(project);
    List<String> plugins = namedPlugins(project);
    List<String> untested =
        plugins.stream()
            .map(plugin -> plugin.substring(0, plugin.lastIndexOf('.')).replace('.', '/'))
            .filter(folder -> contractTests.stream().noneMatch(test -> test.endsWith(folder)))
            .toList();
    assertThat(untested).isEmpty();
    assertThat(plugins)
        .contains("io.holdfast.example.webdav.WebDavProvider")
        .containsAll(
            ServiceLoader.load(BlobStoreProvider.class).stream()
                .map(plugin -> plugin.type().getName())
                .toList());
  }

  private static void breaks(ArchRule rule) {
    assertThat(rule.evaluate(FIXTURES).hasViolation()).isTrue();
  }

  /** The providers that any module names, the examples among them. */
  private static List<String> namedPlugins(Path project) throws IOException {
    String services = "src/main/resources/META-INF/services/" + BlobStoreProvider.class.getName();
    try (Stream<Path> files = Files.find(project, 30, (path, file) -> path.endsWith(services))) {
      List<String> named = new ArrayList<>();
      for (Path file : files.toList()) {
        named.addAll(Files.readAllLines(file));
      }
      return named;
    }
  }

  /** The folders of tests that extend the contract, in every module. */
  private static List<Path> contractTests(Path project) throws IOException {
    try (Stream<Path> files = Files.find(project, 30, (path, file) -> isTestSource(path))) {
      List<Path> found = new ArrayList<>();
      for (Path file : files.toList()) {
        if (Files.readString(file).contains("extends BlobStoreContract")) {
          found.add(file.getParent());
        }
      }
      return found;
    }
  }

  private static boolean isTestSource(Path path) {
    return path.toString().contains("/src/test/java/") && path.toString().endsWith(".java");
  }
}
