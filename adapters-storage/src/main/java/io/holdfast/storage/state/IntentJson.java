package io.holdfast.storage.state;

import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.Intent.CreateContainers;
import io.holdfast.application.port.out.recovery.Intent.FrozenCopy;
import io.holdfast.application.port.out.recovery.Intent.HoldContainers;
import io.holdfast.application.port.out.recovery.Intent.Scratch;
import io.holdfast.application.port.out.recovery.Intent.ScratchServer;
import io.holdfast.application.port.out.recovery.Intent.StagedFiles;
import io.holdfast.application.port.out.recovery.Intent.SwapDatabase;
import io.holdfast.application.port.out.recovery.Intent.SwapVolume;
import io.holdfast.storage.json.Fields;
import io.holdfast.storage.json.Json;
import io.holdfast.storage.json.MalformedJsonException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON of an intent's file. */
final class IntentJson {

  private IntentJson() {}

  static byte[] write(IntentRecord record) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("recorded", record.recorded().toString());
    json.put("pid", record.pid());
    json.put("processMark", record.processMark());
    Intent intent = record.intent();
    if (intent instanceof HoldContainers hold) {
      json.put("holdContainers", toJson(hold));
    } else if (intent instanceof SwapVolume swap) {
      json.put("swapVolume", toJson(swap));
    } else if (intent instanceof SwapDatabase swap) {
      json.put("swapDatabase", toJson(swap));
    } else if (intent instanceof Scratch scratch) {
      json.put("scratch", toJson(scratch));
    } else if (intent instanceof ScratchServer server) {
      json.put("scratchServer", toJson(server));
    } else if (intent instanceof FrozenCopy copy) {
      json.put("frozenCopy", toJson(copy));
    } else if (intent instanceof StagedFiles staged) {
      json.put("stagedFiles", Map.of("folder", staged.folder()));
    } else if (intent instanceof CreateContainers made) {
      json.put("createContainers", toJson(made));
    }
    return Json.write(json);
  }

  static IntentRecord read(byte[] bytes) throws MalformedJsonException {
    Fields json = Fields.of(Json.read(bytes));
    return new IntentRecord(
        json.instant("recorded"), json.count("pid"), json.text("processMark"), intentOf(json));
  }

  private static Intent intentOf(Fields json) throws MalformedJsonException {
    if (json.has("holdContainers")) {
      Fields hold = json.object("holdContainers");
      return new HoldContainers(
          hold.texts("containers"),
          hold.parsed("how", HoldContainers.How::valueOf, "PAUSED or STOPPED"),
          hold.has("units") ? hold.textsByName("units") : Map.of(),
          hold.has("dependents") ? hold.texts("dependents") : List.of());
    }
    if (json.has("frozenCopy")) {
      Fields copy = json.object("frozenCopy");
      return new FrozenCopy(copy.text("volume"), copy.text("folder"));
    }
    if (json.has("stagedFiles")) {
      return new StagedFiles(json.object("stagedFiles").text("folder"));
    }
    if (json.has("swapVolume")) {
      Fields swap = json.object("swapVolume");
      return new SwapVolume(
          swap.text("volume"),
          swap.text("dataFolder"),
          swap.text("incoming"),
          swap.text("outgoing"),
          swap.flag("created"));
    }
    if (json.has("swapDatabase")) {
      Fields swap = json.object("swapDatabase");
      return new SwapDatabase(
          swap.text("cluster"),
          swap.text("database"),
          swap.text("incoming"),
          swap.optionalText("outgoing"));
    }
    if (json.has("scratch")) {
      Fields scratch = json.object("scratch");
      return new Scratch(
          scratch.text("drill"),
          scratch.texts("containers"),
          scratch.texts("volumes"),
          scratch.texts("folders"));
    }
    if (json.has("scratchServer")) {
      Fields server = json.object("scratchServer");
      return new ScratchServer(server.text("drill"), server.text("folder"));
    }
    if (json.has("createContainers")) {
      Fields made = json.object("createContainers");
      return new CreateContainers(
          made.text("mark"), made.texts("containers"), made.texts("volumes"));
    }
    throw new MalformedJsonException("it names no intent that this version knows");
  }

  private static Map<String, Object> toJson(HoldContainers hold) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("containers", hold.containers());
    json.put("how", hold.how().name());
    if (!hold.units().isEmpty()) {
      json.put("units", hold.units());
    }
    if (!hold.dependents().isEmpty()) {
      json.put("dependents", hold.dependents());
    }
    return json;
  }

  private static Map<String, Object> toJson(FrozenCopy copy) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("volume", copy.volume());
    json.put("folder", copy.folder());
    return json;
  }

  private static Map<String, Object> toJson(CreateContainers made) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mark", made.mark());
    json.put("containers", made.containers());
    json.put("volumes", made.volumes());
    return json;
  }

  private static Map<String, Object> toJson(SwapVolume swap) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("volume", swap.volume());
    json.put("dataFolder", swap.dataFolder());
    json.put("incoming", swap.incoming());
    json.put("outgoing", swap.outgoing());
    json.put("created", swap.created());
    return json;
  }

  private static Map<String, Object> toJson(SwapDatabase swap) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cluster", swap.cluster());
    json.put("database", swap.database());
    json.put("incoming", swap.incoming());
    swap.outgoing().ifPresent(outgoing -> json.put("outgoing", outgoing));
    return json;
  }

  private static Map<String, Object> toJson(Scratch scratch) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("drill", scratch.drill());
    json.put("containers", scratch.containers());
    json.put("volumes", scratch.volumes());
    json.put("folders", scratch.folders());
    return json;
  }

  private static Map<String, Object> toJson(ScratchServer server) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("drill", server.drill());
    json.put("folder", server.folder());
    return json;
  }
}
