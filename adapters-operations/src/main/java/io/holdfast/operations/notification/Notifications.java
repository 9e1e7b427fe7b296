package io.holdfast.operations.notification;

import io.holdfast.application.port.out.history.RunObserver;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunOutcome;
import io.holdfast.operations.notification.PingSender.Signal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Tells every notifier what it wants to know. None of them ever fails a run. */
public final class Notifications implements RunObserver {

  private final List<Notifier> notifiers;
  private final String host;
  private final Clock clock;
  private final BiConsumer<String, Boolean> tally;
  private final Delivery usual;
  private final Delivery swift;

  /**
   * @param notifiers who is told
   * @param host this host's name
   * @param clock tells when
   * @param tally is told of each notifier whether it took its message
   */
  public Notifications(
      List<Notifier> notifiers, String host, Clock clock, BiConsumer<String, Boolean> tally) {
    this(notifiers, host, clock, tally, Patience.USUAL, Patience.SHORT);
  }

  Notifications(
      List<Notifier> notifiers,
      String host,
      Clock clock,
      BiConsumer<String, Boolean> tally,
      Patience usual,
      Patience atStart) {
    this.notifiers = List.copyOf(notifiers);
    this.host = host;
    this.clock = clock;
    this.tally = tally;
    this.usual = new Delivery(usual);
    this.swift = new Delivery(atStart);
  }

  @Override
  public List<String> started(Run run) {
    return tell(swift, notifier -> ping(notifier, run, Signal.START, ""));
  }

  @Override
  public List<String> ended(Run run, Optional<Run> before) {
    return run.ending()
        .map(end -> tell(usual, notifier -> senderFor(notifier, run, end, before)))
        .orElse(List.of());
  }

  @Override
  public List<String> objectives(List<String> missed) {
    News news = News.ofObjectives(host, clock.instant(), missed);
    return tell(
        usual,
        notifier ->
            notifier.wants(Occasion.OBJECTIVE) ? message(notifier, news) : Optional.empty());
  }

  /** What is configured, and whether it could be used; sends nothing. */
  public HealthProbe look() {
    return cancellation -> notifiers.stream().map(NotifierLook::at).toList();
  }

  /** Sends a test message to everybody, and tells who took it. */
  public HealthProbe trial() {
    return cancellation -> {
      News news = News.trial(host, clock.instant());
      Map<String, Sender> senders = new LinkedHashMap<>();
      notifiers.forEach(
          notifier -> trialOf(notifier, news).ifPresent(s -> senders.put(notifier.name(), s)));
      Map<String, String> troubles = usual.deliver(senders);
      return notifiers.stream()
          .map(notifier -> NotifierLook.after(notifier, troubles.get(notifier.name())))
          .toList();
    };
  }

  private Optional<Sender> senderFor(
      Notifier notifier, Run run, RunEnding end, Optional<Run> before) {
    if (notifier.channel() instanceof Channel.Ping) {
      String text = Wording.summary(News.of(host, end.finished(), occasionOfPing(end), run));
      return ping(notifier, run, signalOf(end.outcome()), text);
    }
    return occasionOf(end, before)
        .filter(occasion -> notifier.wants(occasion) && notifier.kinds().contains(run.kind()))
        .flatMap(occasion -> message(notifier, News.of(host, end.finished(), occasion, run)));
  }

  private Optional<Sender> trialOf(Notifier notifier, News news) {
    return notifier.channel() instanceof Channel.Ping channel
        ? Optional.of(new PingSender(channel, Signal.LOG, news.id(), Wording.summary(news)))
        : message(notifier, news);
  }

  private Optional<Sender> message(Notifier notifier, News news) {
    Channel channel = notifier.channel();
    if (channel instanceof Channel.Webhook webhook) {
      return Optional.of(new WebhookSender(webhook, news, clock));
    }
    if (channel instanceof Channel.Mail mail) {
      return Optional.of(new MailSender(mail, news));
    }
    return Optional.empty();
  }

  private Optional<Sender> ping(Notifier notifier, Run run, Signal signal, String text) {
    return notifier.channel() instanceof Channel.Ping channel
            && notifier.kinds().contains(run.kind())
        ? Optional.of(new PingSender(channel, signal, News.idOf(host, run), text))
        : Optional.empty();
  }

  private List<String> tell(Delivery delivery, Function<Notifier, Optional<Sender>> choice) {
    Map<String, Sender> senders = new LinkedHashMap<>();
    for (Notifier notifier : notifiers) {
      choice.apply(notifier).ifPresent(sender -> senders.put(notifier.name(), sender));
    }
    Map<String, String> troubles = delivery.deliver(senders);
    senders.keySet().forEach(name -> tally.accept(name, !troubles.containsKey(name)));
    return troubles.entrySet().stream()
        .map(trouble -> "notifier " + trouble.getKey() + ": " + trouble.getValue())
        .toList();
  }

  /** An operator who ends a run knows of it; its next end is what counts then. */
  private static Optional<Occasion> occasionOf(RunEnding end, Optional<Run> before) {
    return switch (end.outcome()) {
      case FAILED -> Optional.of(Occasion.FAILURE);
      case PARTIAL -> Optional.of(Occasion.PARTIAL);
      case SUCCEEDED ->
          before.isPresent() && !before.get().came(RunOutcome.SUCCEEDED)
              ? Optional.of(Occasion.RECOVERY)
              : Optional.empty();
      case INTERRUPTED -> Optional.empty();
    };
  }

  private static Signal signalOf(RunOutcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> Signal.SUCCESS;
      case PARTIAL, FAILED -> Signal.FAIL;
      case INTERRUPTED -> Signal.LOG;
    };
  }

  private static Occasion occasionOfPing(RunEnding end) {
    return end.outcome() == RunOutcome.PARTIAL ? Occasion.PARTIAL : Occasion.FAILURE;
  }
}
