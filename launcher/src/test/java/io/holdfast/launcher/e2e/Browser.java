package io.holdfast.launcher.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium with a profile of its own. Both programs are the host's: nothing is fetched. */
final class Browser implements AutoCloseable {

  private final ChromeDriver driver;

  Browser(Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
  }

  void open(Path page) {
    driver.get(page.toUri().toString());
  }

  /** What the page does to whoever looks from a screen of a width, in light or in dark. */
  void look(int width, String scheme) {
    tell(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
    tell(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** What a script of the test finds. */
  Object ask(String script) {
    Object answer = driver.executeScript(script);
    return answer == null ? "" : answer;
  }

  Map<String, Object> tell(String command, Map<String, Object> parameters) {
    return driver.executeCdpCommand(command, new HashMap<>(parameters));
  }

  void press(CharSequence key) {
    driver.switchTo().activeElement().sendKeys(key);
  }

  /**
   * What the console was told, and every url that was asked for beside files, data, and the
   * browser's own first page.
   */
  List<String> troubles() {
    Stream<String> console =
        driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(Object::toString);
    Stream<String> requests =
        driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
            .map(entry -> Outcome.JSON.readTree(entry.getMessage()).get("message"))
            .filter(entry -> entry.get("method").asString().equals("Network.requestWillBeSent"))
            .map(entry -> entry.get("params").get("request").get("url").asString())
            .filter(url -> !url.matches("(file|data|chrome(-[a-z]+)?):.*"));
    return Stream.concat(console, requests).toList();
  }

  byte[] pdf() {
    return bytes(tell("Page.printToPDF", Map.of("printBackground", true)));
  }

  /** Writes a picture of all of the page. */
  void picture(Path file) throws IOException {
    Files.write(
        file,
        bytes(
            tell(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))));
  }

  private static byte[] bytes(Map<String, Object> answer) {
    return Base64.getDecoder().decode(String.valueOf(answer.get("data")));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
