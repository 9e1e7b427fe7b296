package io.holdfast.domain.retention;

import io.holdfast.domain.backup.SetId;
import java.time.Instant;

/** Why a set is kept or goes. */
public sealed interface Reason {

  /** For programs: a word that does not change. */
  String code();

  /** For people. */
  String describe();

  /**
   * A rule keeps it.
   *
   * @param period the rule
   * @param place which of its places the set takes, from 1 for the most recent
   * @param of how many places it has
   */
  record Rule(Period period, int place, int of) implements Reason {

    @Override
    public String code() {
      return period.name();
    }

    @Override
    public String describe() {
      return period.word() + " " + place + " of " + of;
    }
  }

  /**
   * It is damaged, and takes no place of the rule that would keep it were it whole. It stays for as
   * long as it would then: what is in it may be good but for one file.
   *
   * @param rule the rule, with the place that it would take
   */
  record IfWhole(Rule rule) implements Reason {

    @Override
    public String code() {
      return "DAMAGED_" + rule.code();
    }

    @Override
    public String describe() {
      return "damaged; if it were whole: " + rule.describe();
    }
  }

  /**
   * A newer set makes it dispensable.
   *
   * @param by the newest whole COMPLETE set
   * @param damaged true for a COMPLETE set that is damaged, false for a PARTIAL one
   */
  record Superseded(SetId by, boolean damaged) implements Reason {

    @Override
    public String code() {
      return damaged ? "DAMAGED_SUPERSEDED" : "PARTIAL_SUPERSEDED";
    }

    @Override
    public String describe() {
      return (damaged
              ? "damaged: no rule would keep it, newer complete set "
              : "PARTIAL: newer complete set ")
          + by;
    }
  }

  /**
   * It is not published, and may yet be.
   *
   * @param until when it counts as abandoned
   */
  record Unfinished(Instant until) implements Reason {

    @Override
    public String code() {
      return "UNFINISHED";
    }

    @Override
    public String describe() {
      return "not published; counts as abandoned from " + until + " on";
    }
  }

  /** What needs no further words. */
  enum Plain implements Reason {
    /** There is none that could take its place. */
    NEWEST_COMPLETE("newest complete set"),
    /** Somebody said so. */
    PINNED("pinned"),
    /** A restore, a verification or a copy is reading it. */
    IN_USE("in use"),
    /** It is the best there is since then. */
    PARTIAL_NEWEST("PARTIAL: no newer complete set"),
    /** It may be the best there is since then. */
    DAMAGED_NEWEST("damaged: no newer complete set that is whole"),
    /** It may be the best there is of something. */
    HANDMADE("made by hand"),
    /** Nobody knows what it is. */
    UNREADABLE("its manifest cannot be read"),
    /** Another host decides. */
    FOREIGN("another host's"),
    /** There are enough without it. */
    NO_RULE("no rule keeps it"),
    /** Whoever wrote it is long dead. */
    ABANDONED("not published, and a day old"),
    /** What is begun is ended. */
    HALF_DELETED("its deletion was begun");

    private final String text;

    Plain(String text) {
      this.text = text;
    }

    @Override
    public String code() {
      return name();
    }

    @Override
    public String describe() {
      return text;
    }
  }
}
