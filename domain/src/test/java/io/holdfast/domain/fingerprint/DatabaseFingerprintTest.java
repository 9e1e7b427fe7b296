package io.holdfast.domain.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DatabaseFingerprintTest {

  private static final TableFingerprint ORDERS =
      new TableFingerprint("public.orders", 7, "123", 1, "abc");
  private static final DatabaseFingerprint SHOP =
      shop(List.of(ORDERS), Map.of("public.ids", "7,true"), "55", 2, Map.of("views", "v"));

  @Test
  void what_is_equal_has_no_differences() {
    assertThat(SHOP.differencesOf(SHOP)).isEmpty();
  }

  @Test
  void digests_of_two_methods_cannot_be_compared() {
    DatabaseFingerprint other =
        new DatabaseFingerprint(
            "other",
            List.of(),
            new TreeMap<>(),
            "",
            0,
            new TreeMap<>(),
            new TreeMap<>(),
            Duration.ZERO);
    assertThatThrownBy(() -> SHOP.differencesOf(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("m1 cannot be held against other");
  }

  @Test
  void a_missing_and_a_surplus_table_are_named() {
    TableFingerprint found = new TableFingerprint("public.found", 0, "0", 1, "");
    assertThat(differences(tables(found)))
        .containsExactly(
            "table public.orders is missing", "table public.found was not there before");
  }

  @Test
  void another_number_of_rows_is_told_and_not_their_content_too() {
    assertThat(differences(tables(new TableFingerprint("public.orders", 6, "9", 1, "abc"))))
        .containsExactly("table public.orders had 7 rows, has 6");
  }

  @Test
  void other_rows_of_the_same_number_are_told() {
    assertThat(differences(tables(new TableFingerprint("public.orders", 7, "9", 1, "abc"))))
        .containsExactly("table public.orders has other rows");
  }

  @Test
  void rows_that_one_side_has_not_read_are_not_held_against_the_other() {
    assertThat(differences(tables(new TableFingerprint("public.orders", 7, "", 1, "abc"))))
        .isEmpty();
    assertThat(differences(tables(new TableFingerprint("public.orders", 7, "9", 16, "abc"))))
        .isEmpty();
    DatabaseFingerprint unread = tables(new TableFingerprint("public.orders", 7, "", 1, "abc"));
    assertThat(unread.differencesOf(SHOP)).isEmpty();
  }

  @Test
  void another_definition_is_told_beside_another_number_of_rows() {
    assertThat(differences(tables(new TableFingerprint("public.orders", 8, "1", 1, "xyz"))))
        .containsExactly(
            "table public.orders had 7 rows, has 8", "table public.orders is defined otherwise");
    assertThat(differences(tables(new TableFingerprint("public.orders", 7, "123", 1, ""))))
        .isEmpty();
  }

  @Test
  void a_share_below_one_is_refused() {
    assertThatThrownBy(() -> new TableFingerprint("t", 0, "", 0, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one of 0 rows");
  }

  @Test
  void a_sequence_at_another_place_missing_or_new_is_told() {
    assertThat(differences(SHOP.withSequences(new TreeMap<>(Map.of("public.ids", "8,true")))))
        .containsExactly("sequence public.ids was at 7,true, is at 8,true");
    assertThat(differences(SHOP.withSequences(new TreeMap<>(Map.of("public.new", "1,false")))))
        .containsExactly(
            "sequence public.ids is missing", "sequence public.new was not there before");
  }

  @Test
  void a_sequence_that_moved_while_it_was_dumped_may_be_anywhere_in_between() {
    DatabaseFingerprint rising = at("10,false..20,true");
    DatabaseFingerprint falling = at("20,true..10,true");
    for (String inside : List.of("10,false", "10,true", "15,true", "20,true")) {
      assertThat(rising.differencesOf(at(inside))).as(inside).isEmpty();
      assertThat(falling.differencesOf(at(inside))).as(inside).isEmpty();
    }
    for (String outside : List.of("9,true", "21,true")) {
      assertThat(rising.differencesOf(at(outside))).as(outside).hasSize(1);
      assertThat(falling.differencesOf(at(outside))).as(outside).hasSize(1);
    }
    assertThat(rising.differencesOf(rising)).isEmpty();
  }

  @Test
  void a_state_that_is_none_is_another_one() {
    assertThat(at("1,true..9,true").differencesOf(at("five"))).hasSize(1);
    assertThat(at("1,true..9,true").differencesOf(at("five,true"))).hasSize(1);
    assertThat(at("x..9,true").differencesOf(at("5,true"))).hasSize(1);
    assertThat(at("1,true..x").differencesOf(at("5,true"))).hasSize(1);
    assertThat(at("..").differencesOf(at("5,true"))).hasSize(1);
  }

  @Test
  void large_objects_are_counted_and_then_compared() {
    assertThat(differences(largeObjects("55", 3)))
        .containsExactly("large objects there were 2, there are 3");
    assertThat(differences(largeObjects("56", 2)))
        .containsExactly("large objects their content differs");
    assertThat(differences(largeObjects("", 2))).isEmpty();
    assertThat(largeObjects("", 2).differencesOf(SHOP)).isEmpty();
  }

  @Test
  void a_kind_with_other_definitions_missing_or_new_is_told() {
    assertThat(differences(schema(Map.of("views", "w"))))
        .containsExactly("schema: views their definitions differ");
    assertThat(differences(schema(Map.of("enums", "e"))))
        .containsExactly("schema: views is missing", "schema: enums was not there before");
  }

  @Test
  void without_definitions_contents_alone_are_compared() {
    DatabaseFingerprint other =
        shop(
            List.of(new TableFingerprint("public.orders", 7, "123", 1, "xyz")),
            Map.of("public.ids", "7,true"),
            "55",
            2,
            Map.of("views", "w"));
    DatabaseFingerprint contents = SHOP.contentsOnly("contents");
    assertThat(contents.method()).isEqualTo("contents");
    assertThat(contents.schema()).isEmpty();
    assertThat(contents.tables())
        .containsExactly(new TableFingerprint("public.orders", 7, "123", 1, ""));
    assertThat(contents.sequences()).isEqualTo(SHOP.sequences());
    assertThat(contents.differencesOf(other.contentsOnly("contents"))).isEmpty();
    assertThat(contents.took()).isEqualTo(Duration.ofSeconds(3));
    assertThat(differences(other)).hasSize(2);
  }

  @Test
  void what_was_given_is_not_what_is_kept() {
    TreeMap<String, String> sequences = new TreeMap<>(Map.of("a", "1,true"));
    DatabaseFingerprint kept = SHOP.withSequences(sequences);
    sequences.clear();
    assertThat(kept.sequences()).hasSize(1);
    assertThatThrownBy(() -> kept.sequences().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> kept.schema().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void roles_that_are_missing_or_other_are_named_and_surplus_ones_are_not() {
    GlobalsFingerprint source = globals(Map.of("app", "1", "gone", "2", "other", "3"), Map.of());
    GlobalsFingerprint found = globals(Map.of("app", "1", "other", "4", "postgres", "5"), Map.of());
    assertThat(source.differencesOf(found))
        .extracting(Difference::describe)
        .containsExactly(
            "role gone is missing", "role other has other attributes, memberships or settings");
    assertThat(source.differencesOf(source)).isEmpty();
  }

  @Test
  void another_owner_of_the_database_is_named_between_majors_too() {
    DatabaseFingerprint moved = with(Map.of("owner", "postgres", "grants", ""));
    assertThat(differences(moved)).containsExactly("owner of the database: shop, now postgres");
    assertThat(SHOP.contentsOnly("c").differencesOf(moved.contentsOnly("c")))
        .extracting(Difference::describe)
        .containsExactly("owner of the database: shop, now postgres");
    assertThat(with(Map.of("grants", "")).differencesOf(with(Map.of("grants", "a=CONNECT"))))
        .extracting(Difference::describe)
        .containsExactly("grants of the database: none, now a=CONNECT");
    assertThatThrownBy(() -> moved.properties().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void what_an_older_fingerprint_does_not_tell_of_the_database_is_no_difference() {
    assertThat(with(Map.of()).differencesOf(SHOP)).isEmpty();
    assertThat(differences(with(Map.of()))).isEmpty();
  }

  @Test
  void a_membership_with_other_options_is_named_where_both_servers_have_them() {
    Map<String, String> roles = Map.of("app", "1", "web", "2");
    GlobalsFingerprint source = globals(roles, Map.of("app", "readers: INHERIT"));
    assertThat(source.differencesOf(globals(roles, Map.of("app", "readers: SET"))))
        .extracting(Difference::describe)
        .containsExactly("role app was a member with readers: INHERIT; is with readers: SET");
    assertThat(source.differencesOf(source)).isEmpty();
    assertThat(source.differencesOf(globals(roles, Map.of()))).isEmpty();
    assertThat(globals(roles, Map.of()).differencesOf(source)).isEmpty();
    assertThatThrownBy(() -> source.memberships().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static List<String> differences(DatabaseFingerprint restored) {
    return SHOP.differencesOf(restored).stream().map(Difference::describe).toList();
  }

  private static DatabaseFingerprint at(String state) {
    return SHOP.withSequences(new TreeMap<>(Map.of("public.ids", state)));
  }

  private static DatabaseFingerprint tables(TableFingerprint... tables) {
    return shop(List.of(tables), SHOP.sequences(), "55", 2, SHOP.schema());
  }

  private static DatabaseFingerprint largeObjects(String digest, long count) {
    return shop(List.of(ORDERS), SHOP.sequences(), digest, count, SHOP.schema());
  }

  private static DatabaseFingerprint schema(Map<String, String> schema) {
    return shop(List.of(ORDERS), SHOP.sequences(), "55", 2, schema);
  }

  private static DatabaseFingerprint shop(
      List<TableFingerprint> tables,
      Map<String, String> sequences,
      String largeObjects,
      long count,
      Map<String, String> schema) {
    return new DatabaseFingerprint(
        "m1",
        tables,
        new TreeMap<>(sequences),
        largeObjects,
        count,
        new TreeMap<>(schema),
        new TreeMap<>(Map.of("owner", "shop")),
        Duration.ofSeconds(3));
  }

  private static DatabaseFingerprint with(Map<String, String> properties) {
    return new DatabaseFingerprint(
        "m1",
        SHOP.tables(),
        SHOP.sequences(),
        SHOP.largeObjects(),
        SHOP.largeObjectCount(),
        SHOP.schema(),
        new TreeMap<>(properties),
        SHOP.took());
  }

  private static GlobalsFingerprint globals(
      Map<String, String> roles, Map<String, String> memberships) {
    return new GlobalsFingerprint(new TreeMap<>(roles), new TreeMap<>(memberships));
  }
}
