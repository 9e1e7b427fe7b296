package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Everything of a host is gone but its sets on S3: one command brings it back. */
class BareMachineIT {

  private static final String TOKEN = "hf-e2e-hush-app-4711";

  @TempDir Path folder;
  private final Podman podman = new Podman();
  private S3Server s3;
  private Operator operator;
  private Cluster cluster;
  private String server;
  private String app;
  private String files;
  private String data;

  @BeforeEach
  void bringUpTheHost() {
    Needs.postgresImage();
    s3 = new S3Server(folder.resolve("s3"), "bare");
    data = podman.reserve("data");
    cluster = podman.postgres("db", data);
    server = podman.prefix() + "db";
    cluster
        .sql("postgres", "CREATE ROLE hf_owner LOGIN PASSWORD 'hf-e2e-role'", "CREATE ROLE hf_r")
        .sql("postgres", "GRANT hf_r TO hf_owner", "ALTER ROLE hf_owner SET work_mem = '8MB'")
        .createDatabase("orders", "CREATE TABLE t AS SELECT generate_series(1, 1000) AS n");
    cluster.sql("postgres", "ALTER DATABASE orders OWNER TO hf_owner");
    files = podman.volume("files", "--label=purpose=e2e");
    app =
        podman.app(
            "app",
            files,
            "--env=APP_DATA=/data",
            "--env=APP_TOKEN=" + TOKEN,
            "--label=a=b c",
            "--restart=on-failure:3",
            "--memory=200m",
            "--publish=127.0.0.1:" + Cluster.freePort() + ":8080");
    Shell.bash("echo hello >%1$s/a; chown 7:8 %1$s/a".formatted(Podman.folder(files)));
    operator =
        new Operator(folder)
            .withoutTargets()
            .cluster("main", cluster, "tools: container:" + server);
    operator.volumes(podman.prefix() + "*").volumeSetting("exclude: [\"" + data + "\"]");
    s3.addTo(operator, "cloud");
    operator.holdfast("backup").ok();
  }

  @AfterEach
  void takeAllAway() {
    podman.close();
    s3.close();
  }

  @Test
  void oneCommandBringsTheHostBackFromS3() {
    String before = made(app);
    String dump = cluster.dump("orders");
    String globals = cluster.dumpOfGlobals();
    removeEverything();

    Outcome restored = bare("restore", "all", "s3://hf-e2e-bucket/bare", "--json");

    assertThat(restored.exit()).as(restored.told()).isZero();
    JsonNode report = restored.json();
    assertThat(report.path("seconds").asDouble()).isPositive();
    assertThat(report.path("verifySeconds").asDouble()).isPositive();
    assertThat(Podman.state(app)).isEqualTo("running");
    assertThat(made(app)).isEqualTo(before);
    assertThat(Podman.inspectVolume(files, "{{.Labels}}")).isEqualTo("map[purpose:e2e]");
    assertThat(Shell.call("stat", "-c", "%u:%g", Podman.folder(files) + "/a").trim())
        .isEqualTo("7:8");
    assertThat(cluster.dump("orders")).isEqualTo(dump);
    assertThat(cluster.dumpOfGlobals()).isEqualTo(globals);
    assertThat(restored.stdout() + restored.stderr()).doesNotContain(TOKEN, cluster.password());
    whatStandsInTheWayIsRefused();
  }

  private void whatStandsInTheWayIsRefused() {
    String id = Podman.inspect(app, "{{.Id}}");
    Outcome again = bare("restore", "all", "s3://hf-e2e-bucket/bare/latest");
    assertThat(again.exit()).as(again.told()).isEqualTo(11);
    assertThat(again.stderr())
        .contains("container " + app + " exists", "volume " + files + " exists", data)
        .contains("Nothing was changed");
    assertThat(Podman.inspect(app, "{{.Id}}")).isEqualTo(id);
    assertThat(cluster.query("orders", "SELECT count(*) FROM t")).containsExactly("1000");
  }

  @Test
  void aValueThatNobodyKnowsAndAnImageThatIsMissingAreToldBeforeAnythingIsChanged() {
    removeEverything();
    Outcome refused =
        holdfast(false, "restore", "all", "s3://hf-e2e-bucket/bare", "--recreate-containers");
    assertThat(refused.exit()).as(refused.told()).isEqualTo(11);
    assertThat(refused.stderr()).contains("HOLDFAST_SECRET_", "_APP_TOKEN");
    assertThat(Podman.exists(files)).isFalse();

    Path kube = folder.resolve("kube.yaml");
    Path units = folder.resolve("units");
    holdfast(
            false,
            "restore",
            "all",
            "s3://hf-e2e-bucket/bare",
            "--write-kube",
            kube.toString(),
            "--write-quadlet",
            units.toString())
        .ok();
    String pod = app + "-pod";
    try {
      podman.reserve("files");
      Shell.call("podman", "play", "kube", "--start=false", kube.toString());
      assertThat(Podman.inspect(pod + "-" + app, "{{.ImageName}}")).isEqualTo(Needs.APP_IMAGE);
    } finally {
      new Shell().run(List.of("podman", "pod", "rm", "--force", pod, server + "-pod"));
    }
    assertThat(Shell.call("cat", units.resolve(app + ".container").toString()))
        .contains("ContainerName=" + app, "Image=" + Needs.APP_IMAGE, "Volume=" + files + ":/data")
        .doesNotContain(TOKEN);
  }

  private void removeEverything() {
    Shell.call("podman", "rm", "--force", "--time=0", app, server);
    Shell.call("podman", "volume", "rm", files, data);
    Shell.call("rm", operator.config().toString());
  }

  /** What of a container must be the same again. */
  private static String made(String container) {
    return Podman.inspect(
            container,
            "{{.ImageName}} {{.HostConfig.PortBindings}} {{.HostConfig.Binds}}"
                + " {{.HostConfig.RestartPolicy}} {{.HostConfig.Memory}} {{.Config.Cmd}}"
                + " {{.Config.Labels}} {{.Path}} {{.Args}}")
        + Podman.inspect(container, "{{range .Config.Env}}{{println .}}{{end}}")
            .lines()
            .filter(variable -> !variable.startsWith("HOSTNAME="))
            .sorted()
            .toList();
  }

  private Outcome bare(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--recreate-containers";
    return holdfast(true, all);
  }

  /** On a machine that has no configuration. */
  private Outcome holdfast(boolean withToken, String... arguments) {
    Shell shell =
        new Shell()
            .in(Path.of("/"))
            .with("HOLDFAST_STATE", folder.resolve("other-state").toString())
            .with("AWS_ACCESS_KEY_ID", "hf-e2e-access")
            .with("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY)
            .with("AWS_REGION", "us-east-1")
            .with("AWS_ENDPOINT_URL", "http://127.0.0.1:" + s3.port());
    if (withToken) {
      String name = app.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
      shell.with("HOLDFAST_SECRET_" + name + "_APP_TOKEN", TOKEN);
    }
    List<String> command = new java.util.ArrayList<>(List.of(Needs.launcher().toString()));
    command.addAll(List.of(arguments));
    return shell.run(command);
  }
}
