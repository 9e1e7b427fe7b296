package io.holdfast.postgres;

import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.application.port.out.source.TableChoice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How one database will be restored.
 *
 * @param item what is restored under which name
 * @param contents what its dump holds
 * @param script what concerns the database as a whole, under its name while it is filled
 * @param globals the roles of its cluster
 * @param server the server that it is restored to
 * @param tool pg_restore's version
 * @param jobs how many of its jobs work side by side
 * @param incoming the name while it is filled
 * @param outgoing the name that a present one would get
 * @param sessions how many sessions a present one has
 */
record RestorePlan(
    RestoreItem item,
    TableOfContents contents,
    DatabaseScript script,
    Optional<GlobalsScript> globals,
    ServerFacts server,
    ToolVersion tool,
    int jobs,
    String incoming,
    String outgoing,
    int sessions) {

  /** The tables whose rows alone are wanted; none for all. */
  Set<DumpedTable> tables() {
    Set<DumpedTable> chosen = new LinkedHashSet<>();
    for (String name : item.tables().map(TableChoice::names).orElse(List.of())) {
      contents.tables().stream().filter(t -> t.isMeantBy(name)).findFirst().ifPresent(chosen::add);
    }
    return chosen;
  }

  /** The new schema of the present database that they go to. */
  Optional<String> schema() {
    return item.tables().flatMap(TableChoice::schema);
  }

  boolean replaces() {
    return server.databases().contains(item.target());
  }

  Set<String> missingRoles() {
    Set<String> missing = new TreeSet<>(globals.map(GlobalsScript::roles).orElse(Set.of()));
    missing.removeAll(server.roles());
    return missing;
  }

  Set<String> missingTablespaces() {
    Set<String> missing = new TreeSet<>(contents.tablespaces());
    script.option("TABLESPACE").ifPresent(missing::add);
    missing.removeAll(server.tablespaces());
    return missing;
  }

  ContentLoad.Options loadOptions() {
    return new ContentLoad.Options(tool, server.version(), missingTablespaces().isEmpty());
  }

  /** What an operator should know before and after. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (!missingTablespaces().isEmpty()) {
      warnings.add(
          "the server has no tablespace "
              + String.join(", ", missingTablespaces())
              + ": everything goes to the default one");
    }
    ToolVersion.parse(contents.header().serverVersion())
        .filter(source -> source.major() > server.version().major())
        .ifPresent(
            source ->
                warnings.add(
                    "the source was PostgreSQL "
                        + source.text()
                        + ", newer than this server, "
                        + server.version().text()
                        + ": what is new there will not load"));
    if (contents.create().isEmpty()) {
      warnings.add(
          "the dump does not say with which encoding, locale and owner the database was created:"
              + " it gets the server's defaults");
    }
    return warnings;
  }

  List<String> steps() {
    List<String> steps = new ArrayList<>();
    for (String warning : warnings()) {
      steps.add("warning: " + warning);
    }
    for (String role : missingRoles()) {
      steps.add("create role " + role + ", from the set's globals");
    }
    steps.add("create database " + incoming + described());
    steps.add(
        "load "
            + contents.header().entries()
            + " entries by pg_restore "
            + tool.text()
            + (jobs > 1 ? ", " + jobs + " jobs side by side" : ""));
    steps.add("set the database's owner, settings, grants and comment");
    String target = item.target();
    if (item.tables().isPresent()) {
      steps.set(
          steps.size() - 2,
          "load all definitions, and the rows of "
              + String.join(", ", tables().stream().map(DumpedTable::describe).toList())
              + " alone, by pg_restore "
              + tool.text());
    }
    if (schema().isPresent()) {
      steps.remove(steps.size() - 1);
      steps.add("bring them into schema " + schema().get() + " of database " + target);
      steps.add("drop " + incoming);
      return steps;
    }
    if (!replaces()) {
      steps.add("rename " + incoming + " to " + target);
      return steps;
    }
    if (sessions > 0) {
      steps.add("end " + sessions + " sessions of " + target);
    }
    steps.add(
        "rename "
            + target
            + " to "
            + outgoing
            + " and "
            + incoming
            + " to "
            + target
            + ", both or neither");
    steps.add("drop " + outgoing);
    return steps;
  }

  private String described() {
    List<String> parts = new ArrayList<>();
    if (!contents.owner().isEmpty()) {
      parts.add("owner " + Encodings.clusterWide(contents.owner(), contents.charset()));
    }
    script.option("ENCODING").ifPresent(value -> parts.add("encoding " + value));
    script
        .option("LOCALE")
        .or(() -> script.option("LC_COLLATE"))
        .ifPresent(value -> parts.add("locale " + value));
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }
}
