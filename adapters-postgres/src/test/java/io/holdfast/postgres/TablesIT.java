package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.application.port.out.source.TableChoice;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactOrigin;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Single tables come out of a dump: into a database beside, or into a schema beside. */
class TablesIT {

  private final PrivateCluster server = PrivateCluster.start();
  private final Lab lab = new Lab(server);
  private Optional<ArtifactContent> dump = Optional.empty();

  @BeforeEach
  void dumpAndChange() {
    server.sql("postgres", "CREATE DATABASE shop");
    server.sql(
        "shop",
        "CREATE SCHEMA app",
        "CREATE TYPE app.state AS ENUM ('new', 'old')",
        "CREATE TABLE app.customer (id integer PRIMARY KEY)",
        "CREATE TABLE app.\"Order\" (id serial PRIMARY KEY, state app.state,"
            + " customer integer REFERENCES app.customer)",
        "CREATE INDEX by_state ON app.\"Order\" (state)",
        "CREATE TABLE app.empty (customer integer REFERENCES app.customer)",
        "CREATE TABLE app.day (at date) PARTITION BY RANGE (at)",
        "CREATE TABLE app.day_1 PARTITION OF app.day FOR VALUES FROM ('2025-01-01') TO ('2025-02-01')",
        "CREATE TABLE app.day_2 PARTITION OF app.day FOR VALUES FROM ('2025-02-01') TO ('2025-03-01')",
        "INSERT INTO app.customer VALUES (7)",
        "INSERT INTO app.\"Order\" (state, customer) VALUES ('new', 7), ('old', 7)",
        "INSERT INTO app.day VALUES ('2025-01-05'), ('2025-02-05')");
    dump = Optional.of(lab.dump("shop"));
    server.sql("shop", "DELETE FROM app.\"Order\"");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void intoADatabaseBesideWithAllDefinitionsAndTheChosenRowsAlone() throws Exception {
    List<String> warnings = restore("copy", Optional.empty(), "app.Order", "app.day");

    assertThat(rows("copy", "app.\"Order\"")).isEqualTo("2");
    assertThat(rows("copy", "app.day")).isEqualTo("2");
    assertThat(rows("copy", "app.customer")).isEqualTo("0");
    assertThat(server.names("copy", "SELECT nextval('app.\"Order_id_seq\"')::text"))
        .containsExactly("3");
    assertThat(server.names("copy", "SELECT indexname FROM pg_indexes WHERE tablename = 'Order'"))
        .containsExactlyInAnyOrder("Order_pkey", "by_state");
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("without the rows of other tables", "Order_customer_fkey");
    assertThat(rows("shop", "app.\"Order\"")).isEqualTo("0");
    assertThat(lab.journal.open).isEmpty();
  }

  @Test
  void intoASchemaBesideWhileThePresentTablesAreNotTouched() throws Exception {
    String before = server.names("shop", "SELECT count(*)::text FROM pg_trigger").get(0);

    restore("shop", Optional.of("back"), "app.\"Order\"", "app.day", "app.empty");

    assertThat(rows("shop", "back.\"Order\"")).isEqualTo("2");
    assertThat(rows("shop", "back.day_2")).isEqualTo("1");
    assertThat(rows("shop", "app.\"Order\"")).isEqualTo("0");
    assertThat(server.names("shop", "SELECT count(*)::text FROM pg_trigger"))
        .containsExactly(before);
    assertThat(server.databases()).containsExactly("postgres", "shop");
    assertThat(lab.journal.recorded).hasSize(1);
    assertThat(lab.journal.open).isEmpty();
    assertThat(prepared("shop", Optional.of("back"), "app.day").obstacles())
        .singleElement()
        .asString()
        .contains("Database shop has a schema back already.");
  }

  @Test
  void aPartitionComesWithoutItsPartitionedTable() throws Exception {
    restore("shop", Optional.of("back"), "app.day_1");

    assertThat(rows("shop", "back.day_1")).isEqualTo("1");
    assertThat(rows("shop", "app.day")).isEqualTo("2");
  }

  @Test
  void aTypeThatIsMissingThereIsToldAndNothingIsLeft() {
    server.sql("shop", "DROP TABLE app.\"Order\"", "DROP TYPE app.state");

    assertThatThrownBy(() -> restore("shop", Optional.of("back"), "app.Order"))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("type \"app.state\" does not exist");

    assertThat(server.databases()).containsExactly("postgres", "shop");
    assertThat(server.names("shop", "SELECT nspname FROM pg_namespace WHERE nspname = 'back'"))
        .isEmpty();
    assertThat(lab.journal.open).isEmpty();
  }

  @Test
  void anUnknownTableIsRefusedWithThoseThatAreNear() {
    assertThatThrownBy(() -> prepared("copy", Optional.empty(), "public.order"))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("has no table public.order. Nothing was changed.")
        .extracting(failure -> ((Failure) failure).hint())
        .isEqualTo("Did you mean app.Order?");
  }

  @Test
  void whatIsThereIsNoPlaceForThem() throws Exception {
    assertThat(prepared("shop", Optional.empty(), "app.day").obstacles())
        .singleElement()
        .asString()
        .contains("Database shop exists.");
    assertThat(prepared("gone", Optional.of("back"), "app.day").obstacles())
        .singleElement()
        .asString()
        .contains("There is no database gone");
  }

  private List<String> restore(String target, Optional<String> schema, String... tables)
      throws IOException {
    PreparedRestore prepared = prepared(target, schema, tables);
    assertThat(prepared.obstacles()).isEmpty();
    return prepared.run(lab.cancellation);
  }

  private PreparedRestore prepared(String target, Optional<String> schema, String... tables)
      throws IOException {
    return lab.prepare(
        new RestoreItem(
            ArtifactId.database("main", "shop"),
            target,
            dump.orElseThrow(),
            Optional.empty(),
            new ArtifactOrigin.Unknown(),
            false,
            Optional.of(new TableChoice(List.of(tables), schema))));
  }

  private String rows(String database, String table) {
    return server.names(database, "SELECT count(*)::text FROM " + table).get(0);
  }
}
