package io.holdfast.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statements of a dump that concern the database as a whole, made to speak of a database of
 * another name. pg_restore has no option for that.
 */
final class DatabaseScript {

  private static final String PROVIDER = "LOCALE_PROVIDER";
  private static final int PROVIDERS_SINCE = 15;

  private final TableOfContents contents;
  private final String name;

  DatabaseScript(TableOfContents contents, String name) {
    this.contents = contents;
    this.name = name;
  }

  /**
   * Creates the database, with the source's encoding, locale, provider and collation rules.
   *
   * @param keepTablespace false to leave out its tablespace, which the server does not have
   * @param serverMajor the version of the server that will run it: pg_dump names the usual locale
   *     provider also where it dumped a server that knows of none
   */
  String create(boolean keepTablespace, int serverMajor) {
    Optional<SqlStatement> create = contents.create();
    if (create.isEmpty()) {
      return "CREATE DATABASE " + Quoting.identifier(name) + " TEMPLATE template0";
    }
    SqlStatement statement = create.get();
    if (!keepTablespace) {
      statement = without("TABLESPACE", statement);
    }
    if (serverMajor < PROVIDERS_SINCE && option(PROVIDER).filter("libc"::equals).isPresent()) {
      statement = without(PROVIDER, statement);
    }
    return Encodings.clusterWide(renamed(statement), contents.charset());
  }

  /** What CREATE DATABASE says of an option: {@code ENCODING}, {@code LC_COLLATE}. */
  Optional<String> option(String key) {
    return contents.create().flatMap(create -> optionOf(create.compact(), key));
  }

  /** The owner, and settings that loading the content may depend on. */
  List<String> beforeContent() {
    List<String> statements = new ArrayList<>();
    if (!contents.owner().isEmpty()) {
      statements.add(
          "ALTER DATABASE "
              + Quoting.identifier(name)
              + " OWNER TO "
              + Quoting.identifier(contents.owner()));
    }
    contents.statements().stream()
        .filter(DatabaseScript::isSetting)
        .map(this::renamed)
        .forEach(statements::add);
    return statements;
  }

  /** What would keep us out, or others off: comment, grants, connection limit, template mark. */
  List<String> afterContent() {
    return contents.statements().stream()
        .filter(statement -> !isSetting(statement))
        .map(this::renamed)
        .toList();
  }

  /** True for {@code ALTER DATABASE .. SET} and {@code ALTER ROLE .. IN DATABASE .. SET}. */
  static boolean isSetting(SqlStatement statement) {
    SqlStatement compact = statement.compact();
    return compact.startsWith("ALTER") && compact.indexOf("SET", 0) >= 0;
  }

  private static Optional<String> optionOf(SqlStatement create, String key) {
    int at = create.indexOf(key, 0);
    List<SqlToken> tokens = create.tokens();
    if (at < 0 || at + 2 >= tokens.size() || !tokens.get(at + 1).isSymbol('=')) {
      return Optional.empty();
    }
    SqlToken value = tokens.get(at + 2);
    String text = value.text();
    boolean quoted = text.length() >= 2 && text.startsWith("'");
    return Optional.of(
        quoted ? text.substring(1, text.length() - 1).replace("''", "'") : value.name());
  }

  private static SqlStatement without(String key, SqlStatement create) {
    SqlStatement compact = create.compact();
    int at = compact.indexOf(key, 0);
    List<SqlToken> kept = new ArrayList<>();
    for (int i = 0; i < compact.tokens().size(); i++) {
      boolean dropped = at >= 0 && i >= at && i < at + 3;
      if (!dropped) {
        kept.add(compact.tokens().get(i));
        kept.add(new SqlToken(SqlToken.Kind.BLANK, " "));
      }
    }
    return new SqlStatement(kept);
  }

  /**
   * Puts the new name where DATABASE and the old one stand. A role may be called database too, and
   * ALTER ROLE has its name first: there the word counts only after IN.
   */
  private String renamed(SqlStatement statement) {
    boolean ofRole = statement.compact().startsWith("ALTER", "ROLE");
    StringBuilder sql = new StringBuilder();
    SqlToken before = new SqlToken(SqlToken.Kind.BLANK, "");
    SqlToken last = before;
    boolean done = false;
    for (SqlToken token : statement.tokens()) {
      boolean here =
          !done
              && last.isWord("DATABASE")
              && token.isName()
              && token.name().equals(contents.database())
              && (!ofRole || before.isWord("IN"));
      sql.append(here ? Quoting.identifier(name) : token.text());
      done |= here;
      if (token.kind() != SqlToken.Kind.BLANK) {
        before = last;
        last = token;
      }
    }
    return sql.toString();
  }
}
