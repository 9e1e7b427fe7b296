package io.holdfast.storage.metadata;

import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.storage.json.Fields;
import io.holdfast.storage.json.MalformedJsonException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of what lies beside sets and is about them: pins and verdicts. */
final class MarkJson {

  private MarkJson() {}

  static Map<String, Object> toJson(Pin pin) {
    Map<String, Object> json = new LinkedHashMap<>();
    pin.reason().ifPresent(reason -> json.put("reason", reason));
    json.put("since", pin.since().toString());
    json.put("by", pin.by());
    return json;
  }

  static Pin pinOf(Fields json) throws MalformedJsonException {
    return new Pin(json.optionalText("reason"), json.instant("since"), json.text("by"));
  }

  static Map<String, Object> toJson(Verdict verdict) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", verdict.at().toString());
    json.put("whole", verdict.whole());
    json.put("deep", verdict.deep());
    json.put("everything", verdict.everything());
    json.put("bytes", verdict.bytes());
    if (!verdict.everything()) {
      json.put("files", verdict.files());
    }
    if (!verdict.problems().isEmpty()) {
      json.put("problems", verdict.problems());
    }
    return json;
  }

  static Verdict verdictOf(Fields json) throws MalformedJsonException {
    return new Verdict(
        json.instant("at"),
        json.flag("whole"),
        json.flag("deep"),
        json.flag("everything"),
        json.count("bytes"),
        json.texts("files"),
        json.texts("problems"));
  }
}
