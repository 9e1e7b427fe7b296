package io.holdfast.launcher.config;

import io.holdfast.application.port.failure.ConfigurationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a YAML file into nodes that know their lines. Aliases are not expanded here, so that a few
 * lines cannot become a great tree; what reads the nodes goes no deeper than the keys it knows.
 */
final class YamlFile {

  private static final int LONGEST = 256 * 1024;

  private YamlFile() {}

  /** The file's text. */
  static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw unreadable(file, "it is longer than " + LONGEST + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw new ConfigurationFailure(
          "the configuration file " + file + " does not exist",
          "write one there with `holdfast init --config " + file + "`, or correct the path");
    } catch (AccessDeniedException e) {
      throw unreadable(file, "no right to read it");
    } catch (CharacterCodingException e) {
      throw unreadable(file, "it is not UTF-8 text");
    } catch (IOException e) {
      throw unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  /** The one mapping that a text holds; empty, with a problem, when it does not. */
  static Optional<MappingNode> parse(String text, String file, Problems problems) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(LONGEST).build();
    try {
      Iterator<Node> documents = new Compose(settings).composeAllFromString(text).iterator();
      if (!documents.hasNext()) {
        problems.add(new Position(file, 1), "", "is empty; `holdfast init` writes a first one");
        return Optional.empty();
      }
      Node root = documents.next();
      if (documents.hasNext()) {
        Position second = Nodes.positionOf(documents.next(), file);
        problems.add(second, "", "a second document begins here; expected one");
      }
      if (root instanceof MappingNode mapping) {
        return Optional.of(mapping);
      }
      String found = Nodes.describe(root);
      problems.add(
          Nodes.positionOf(root, file), "", "expected keys such as storage:, found " + found);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      problems.add(new Position(file, line), "", "not YAML: " + withoutContent(e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(new Position(file, 1), "", "not YAML: it holds what YAML does not allow");
    } catch (StackOverflowError e) {
      problems.add(new Position(file, 1), "", "nested deeper than any configuration is");
    }
    return Optional.empty();
  }

  /** A parser's message may quote the file, where a secret may stand. */
  private static String withoutContent(String problem) {
    if (problem.contains("alias")) {
      return "a value that begins with * must be quoted";
    }
    if (problem.contains("tag") || problem.contains("anchor")) {
      return "a value that begins with ! or & must be quoted";
    }
    return problem;
  }

  private static ConfigurationFailure unreadable(Path file, String why) {
    return new ConfigurationFailure(
        "the configuration file " + file + " cannot be read: " + why,
        "correct the file or its rights, or name another one with --config");
  }
}
