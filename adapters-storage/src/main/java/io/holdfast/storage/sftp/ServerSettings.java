package io.holdfast.storage.sftp;

import io.holdfast.application.port.out.store.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which server and which folder are meant, and by what way. */
final class ServerSettings {

  private static final Pattern SERVER =
      Pattern.compile("(?:([^@]*)@)?(\\[[0-9A-Fa-f:.]+]|[^@:\\[\\]/\\s]+)(?::(\\d{1,5}))?");

  private static final String URL_EXAMPLE = "sftp://backup@nas:22/srv/backups";

  private final Settings settings;
  private final Account account;
  private final List<String> problems;

  ServerSettings(Settings settings, Account account, List<String> problems) {
    this.settings = settings;
    this.account = account;
    this.problems = problems;
  }

  /** The server itself. */
  Optional<Hop> server() {
    URI url = settings.url();
    String authority = url.getRawAuthority();
    if (authority == null) {
      problems.add("url names no server; expected one like " + URL_EXAMPLE);
      return Optional.empty();
    }
    if (authority.replaceFirst("@.*", "").contains(":") && authority.contains("@")) {
      problems.add("url holds a password; expected it as a reference in the setting password");
      return Optional.empty();
    }
    Optional<Hop> server = hop(authority, url.getUserInfo());
    if (server.isEmpty()) {
      problems.add("url names no server that can be understood; expected one like " + URL_EXAMPLE);
    }
    return server;
  }

  private Optional<Hop> hop(String text, @Nullable String decodedUser) {
    Matcher parts = SERVER.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String written = parts.group(1);
    String user = decodedUser != null ? decodedUser : written == null ? account.user() : written;
    String host = parts.group(2);
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = parts.group(3) == null ? Hop.DEFAULT_PORT : Integer.parseInt(parts.group(3));
    if (user.isEmpty() || host.startsWith("-") || port < 1 || port > 65535) {
      return Optional.empty();
    }
    return Optional.of(new Hop(user, host, port));
  }

  /** The servers on the way to it, in their order. */
  List<Hop> via() {
    List<Hop> hops = new ArrayList<>();
    Optional<String> setting = settings.value("via");
    if (setting.isEmpty()) {
      return hops;
    }
    for (String each : setting.get().split(",", -1)) {
      Optional<Hop> hop =
          each.contains("@") && each.replaceFirst("@.*", "").contains(":")
              ? Optional.empty()
              : hop(each.strip(), null);
      if (hop.isEmpty()) {
        problems.add("via is not understood; expected servers like user@jump:22, commas between");
        return hops;
      }
      hops.add(hop.get());
    }
    return hops;
  }

  /** The folder on it. */
  Optional<RemotePath> root() {
    URI url = settings.url();
    String path = url.getPath();
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      problems.add("url has a part after the path; write a ? of a folder as %3F and a # as %23");
      return Optional.empty();
    }
    if (path == null || !path.startsWith("/")) {
      problems.add("url names no folder; expected one like " + URL_EXAMPLE);
      return Optional.empty();
    }
    if (path.indexOf('\uFFFD') >= 0 || path.indexOf(0) >= 0) {
      problems.add("url is not UTF-8 once its percent signs are decoded");
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        problems.add("url climbs up by ..; expected a whole path");
        return Optional.empty();
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    boolean fromHome = !names.isEmpty() && names.get(0).equals("~");
    if (fromHome) {
      names.remove(0);
    }
    if (names.isEmpty()) {
      problems.add("url names no folder of its own; expected one like " + URL_EXAMPLE);
      return Optional.empty();
    }
    return Optional.of(RemotePath.of((fromHome ? "" : "/") + String.join("/", names)));
  }
}
