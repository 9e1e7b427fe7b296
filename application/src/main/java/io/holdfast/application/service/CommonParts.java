package io.holdfast.application.service;

import io.holdfast.application.catalog.Presence;
import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.stream.Codecs;
import java.util.List;

/** What several use cases are made of. */
final class CommonParts {

  private final UseCases.Host host;
  private final UseCases.Sources sources;
  private final UseCases.Storage storage;
  private final UseCases.Journal journal;
  private final BackupEvents events;

  CommonParts(
      UseCases.Host host,
      UseCases.Sources sources,
      UseCases.Storage storage,
      UseCases.Journal journal,
      BackupEvents events) {
    this.host = host;
    this.sources = sources;
    this.storage = storage;
    this.journal = journal;
    this.events = events;
  }

  List<SetCatalog> catalogs() {
    return storage.catalogs(host.name());
  }

  SetFinder finder() {
    return new SetFinder(catalogs(), storage.codec(), storage.folders(), events);
  }

  SetReads reads() {
    return new SetReads(finder(), locker(), events);
  }

  SetVerifier verifier() {
    return new SetVerifier(sources.inspectors(), codecs(), events, host.processors());
  }

  TargetLocker locker() {
    return new TargetLocker(
        storage.codec(),
        new Presence(journal.processes(), storage.terms(), host.name(), host.clock()),
        events);
  }

  Recovery recovery() {
    return new Recovery(journal.journal(), journal.undoers(), journal.hostLock());
  }

  Codecs codecs() {
    return new Codecs(sources.codecs());
  }

  ScratchNames scratchNames() {
    return new ScratchNames(host.name(), journal.processes());
  }
}
