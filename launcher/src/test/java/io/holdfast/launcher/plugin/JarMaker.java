package io.holdfast.launcher.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.store.BlobStoreProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles plugins from source and packs them, as their makers would. */
public final class JarMaker {

  private final Path work;
  private final Map<String, String> sources = new TreeMap<>();
  private final List<String> providers = new ArrayList<>();
  private final List<Path> libraries = new ArrayList<>();

  public JarMaker(Path scratch) throws IOException {
    this.work = Files.createTempDirectory(scratch, "classes");
  }

  /** A class by its whole name. */
  public JarMaker source(String name, String text) {
    String folder = name.substring(0, name.lastIndexOf('.'));
    sources.put(name, "package " + folder + ";\n" + text);
    return this;
  }

  /** A provider of a scheme, whose open is this. */
  public JarMaker provider(String name, String scheme, String open) {
    providers.add(name);
    return source(
        name,
        """
        import io.holdfast.application.port.out.store.*;
        public class %s implements BlobStoreProvider {
          @Override public String scheme() { return "%s"; }
          @Override public int spiVersion() { return SPI_VERSION; }
          @Override public BlobStore open(Settings settings) { %s }
        }
        """
            .formatted(simple(name), scheme, open));
  }

  /** A line of META-INF/services. */
  public JarMaker named(String provider) {
    providers.add(provider);
    return this;
  }

  /** A jar to compile against. */
  public JarMaker against(Path library) {
    libraries.add(library);
    return this;
  }

  public Path jar(Path file) throws IOException {
    compile();
    Files.createDirectories(file.getParent());
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      try (Stream<Path> classes = Files.walk(work)) {
        for (Path each : classes.filter(Files::isRegularFile).toList()) {
          put(jar, work.relativize(each).toString(), Files.readAllBytes(each));
        }
      }
      if (!providers.isEmpty()) {
        put(
            jar,
            "META-INF/services/" + BlobStoreProvider.class.getName(),
            String.join("\n", providers).getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private void compile() {
    if (sources.isEmpty()) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classPath = System.getProperty("java.class.path");
    for (Path library : libraries) {
      classPath = library + ":" + classPath;
    }
    List<String> options =
        List.of("-d", work.toString(), "-cp", classPath, "-proc:none", "--release", "17");
    List<SimpleJavaFileObject> units = new ArrayList<>();
    sources.forEach((name, text) -> units.add(new Source(name, text)));
    boolean good =
        compiler
            .getTask(
                new java.io.OutputStreamWriter(
                    OutputStream.nullOutputStream(), StandardCharsets.UTF_8),
                null,
                null,
                options,
                null,
                units)
            .call();
    assertThat(good).as("the sources compile").isTrue();
  }

  private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(bytes);
    jar.closeEntry();
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
