package io.holdfast.launcher.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.google.inject.Injector;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What docs/architecture.md says of who may know whom, each with its reason.
 *
 * @param root the package that all others are in: Holdfast's, or that of the fixtures which break
 *     every rule
 */
record ArchitectureRules(String root) {

  /** Every rule by its name. */
  Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("the domain is pure", domainIsPure());
    rules.put("the application knows ports and streams", applicationIsLean());
    rules.put("ports know no service", portsKnowNoService());
    rules.put("adapters do not know each other", adaptersAreStrangers());
    rules.put("storage plugins do not know each other", pluginsAreStrangers());
    rules.put("nothing knows the launcher", nothingKnowsTheLauncher());
    rules.put("only the launcher knows adapters", onlyTheLauncherKnowsAdapters());
    rules.putAll(vendorsStayHome());
    rules.put("programs are run by command runners", programsAreRunByRunners());
    rules.put("only Main exits", onlyMainExits());
    rules.put("only the command line prints", onlyTheCommandLinePrints());
    rules.put("only the wiring knows the time", onlyTheWiringKnowsTheTime());
    rules.put("artifact data is never read whole", artifactDataStreams());
    rules.put("no text holds a secret", noTextHoldsASecret());
    rules.put("internals are package-private", internalsAreHidden());
    rules.put("packages have no cycles", packagesHaveNoCycles());
    return rules;
  }

  private ArchRule domainIsPure() {
    return classes()
        .that()
        .resideInAPackage(in("domain.."))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            in("domain.."), "java.lang..", "java.util..", "java.time..", "org.jspecify..")
        .because("the model is decided by its inputs alone: no I/O, no clock, no framework");
  }

  private ArchRule applicationIsLean() {
    return classes()
        .that()
        .resideInAPackage(in("application.."))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            in("application.."),
            in("domain.."),
            "java.lang..",
            "java.util..",
            "java.time..",
            "java.io..",
            "java.nio..",
            "java.net",
            "java.security..",
            "org.jspecify..")
        .because("use cases speak through ports: a library in one would have to be faked in tests");
  }

  private ArchRule portsKnowNoService() {
    return noClasses()
        .that()
        .resideInAPackage(in("application.port.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            in("application.service.."),
            in("application.catalog.."),
            in("application.stream.."),
            in("application.history.."),
            in("application.contract.."))
        .because("a port is a contract; what keeps it may change without it");
  }

  private ArchRule adaptersAreStrangers() {
    return slices()
        .assignedFrom(Adapters.of(root))
        .should()
        .notDependOnEachOther()
        .because("an adapter that needs another one is missing a port");
  }

  private ArchRule pluginsAreStrangers() {
    return classes()
        .that()
        .resideInAPackage(in("storage.."))
        .should(new KnowNoOtherPlugin())
        .because("each kind of target can be taken out or replaced by itself");
  }

  private ArchRule nothingKnowsTheLauncher() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(in("launcher.."))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(in("launcher.."))
        .because("the launcher is one way to start Holdfast; the rest works without");
  }

  private ArchRule onlyTheLauncherKnowsAdapters() {
    return noClasses()
        .that()
        .resideInAnyPackage(in("domain.."), in("application.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(in("postgres.."), in("podman.."), in("storage.."), in("operations.."))
        .because("use cases must run over fakes of every adapter");
  }

  private Map<String, ArchRule> vendorsStayHome() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("pgjdbc stays home", home("org.postgresql..", "postgres.."));
    rules.put("JDBC stays home", home("java.sql..", "postgres.."));
    rules.put(
        "Guice stays home", home(Injector.class.getPackageName() + "..", "launcher.wiring.."));
    rules.put("picocli stays home", home("picocli..", "launcher.cli.."));
    rules.put("progressbar stays home", home("me.tongfei..", "launcher.cli.."));
    rules.put("snakeyaml stays home", home("org.snakeyaml..", "launcher.config.."));
    rules.put("sshj stays home", home("net.schmizz..", "storage.sftp.."));
    rules.put("the AWS SDK stays home", home("software.amazon..", "storage.s3.."));
    rules.put("zstd stays home", home("com.github.luben..", "podman.codec.."));
    rules.put("cron-utils stays home", home("com.cronutils..", "operations.cron.."));
    rules.put("Jakarta Mail stays home", home("jakarta.mail..", "operations.notification.."));
    rules.put("Angus stays home", home("org.eclipse.angus..", "operations.notification.."));
    rules.put("Prometheus stays home", home("io.prometheus..", "operations.metrics.."));
    rules.put("HTTP servers stay home", home("com.sun.net..", "operations.metrics.."));
    rules.put(
        "commons-compress stays home",
        home("org.apache.commons.compress..", "podman.archive..", "podman.codec.."));
    rules.put(
        "Jackson stays home",
        home(
            "tools.jackson..",
            "podman..",
            "storage..",
            "operations.notification..",
            "launcher.cli.."));
    return rules;
  }

  private ArchRule home(String vendor, String... homes) {
    String[] packages = Arrays.stream(homes).map(this::in).toArray(String[]::new);
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(vendor)
        .because("a library is replaced where it lives, and nowhere else");
  }

  private ArchRule programsAreRunByRunners() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(in("podman.command.."))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ProcessBuilder.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .because("a CommandRunner ends what it starts, on every path, and keeps secrets off argv");
  }

  private ArchRule onlyMainExits() {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName(root + ".launcher.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .because("an exit elsewhere would leave holds, locks and children behind");
  }

  private ArchRule onlyTheCommandLinePrints() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(in("launcher.cli.."))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("stdout is for results; BackupEvents is the one way to tell of anything else");
  }

  private ArchRule onlyTheWiringKnowsTheTime() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(in("launcher.wiring.."))
        .should(new AskForTheTime())
        .because("whoever is given a Clock can be tested at any moment");
  }

  private ArchRule artifactDataStreams() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            in("application.."),
            in("postgres.."),
            in("podman.."),
            in("storage.."),
            in("operations.."))
        .and(new TouchArtifacts(root))
        .should(new ReadWhole())
        .because("a database or volume of any size goes through a heap of 96 MB");
  }

  private ArchRule noTextHoldsASecret() {
    return classes()
        .that()
        .resideInAPackage(in(".."))
        .should(new KeepSecretsOutOfText(root))
        .because("a String shows up in logs, in toString and in heap dumps; Secret does not");
  }

  private ArchRule internalsAreHidden() {
    return classes()
        .that()
        .resideInAnyPackage(
            in("application.service.."),
            in("application.catalog.."),
            in("application.stream.."),
            in("application.history.."),
            in("application.contract.."),
            in("postgres.."),
            in("podman.."),
            in("storage.."),
            in("operations.."))
        .and()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .should(new BeNeededElsewhere())
        .because("what nobody outside needs can be changed without asking");
  }

  private ArchRule packagesHaveNoCycles() {
    return slices()
        .matching(root + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("packages in a cycle can only be understood, tested and changed together");
  }

  private String in(String inside) {
    return inside.equals("..") ? root + ".." : root + "." + inside;
  }
}
