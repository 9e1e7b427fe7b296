package io.holdfast.storage.metadata;

import io.holdfast.domain.backup.SetId;

/** Set ids as JSON has them. */
final class SetIds {

  static final String EXPECTED = "a set's id like 20251006_020000";

  private SetIds() {}

  static SetId parse(String text) {
    return SetId.parse(text).orElseThrow(() -> new IllegalArgumentException(text));
  }
}
