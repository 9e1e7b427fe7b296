package io.holdfast.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.store.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CreateOptionsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String INSPECTED =
      """
      {"Id":"f42e3cdb1688af76","Path":"/bin/sh","Args":["-c","sleep 100"],"Name":"db",
       "State":{"Status":"running"},
       "Mounts":[{"Type":"volume","Name":"data","Destination":"/d","RW":false,"Propagation":"rprivate"}],
       "NetworkSettings":{"Networks":{"net":{"Aliases":["ali","f42e3cdb1688"]},"podman":{}}},
       "Config":{"Hostname":"f42e3cdb1688","Entrypoint":"/bin/sh -c","Cmd":["sleep 100"],
         "Env":["container=podman","A=b","PW=(redacted)","LANG=en"],"Labels":{"l":"m","t":"(redacted)"},
         "CreateCommand":["podman","run","--sysctl","a=b","image:1","--not-an-option"]},
       "HostConfig":{"PortBindings":{"5432/tcp":[{"HostIp":"127.0.0.1","HostPort":"54999"}]},
         "RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3},"Memory":1024,"MemorySwap":2048}}
      """;

  private final Inspection inspection = new Inspection("db", "image:1", JSON.readTree(INSPECTED));
  private final JsonNode image = JSON.readTree("{\"Env\":[\"LANG=en\"]}");

  @Test
  void theArgumentsTellAllButTheSecretsAndWhatTheImageTells() {
    CreateOptions options = new CreateOptions(inspection, image);
    List<String> arguments =
        options.of(
            options.plainEnvironment(), Map.of("PW", Secret.of("hush".toCharArray())), "token");
    assertThat(arguments)
        .containsExactly(
            "create",
            "--pull=never",
            "--name=db",
            "--annotation=io.holdfast.recreated=token",
            "--env=A=b",
            "--env=PW",
            "--volume=data:/d:ro",
            "--network=net:alias=ali",
            "--network=podman",
            "--publish=127.0.0.1:54999:5432/tcp",
            "--memory=1024",
            "--label=l=m",
            "--restart=on-failure:3",
            "--entrypoint=[\"/bin/sh\",\"-c\"]",
            "image:1",
            "sleep 100");
  }

  @Test
  void namespacesAreCarriedOrTold() {
    assertThat(namespaces("", "")).isEqualTo("[] []");
    assertThat(
            namespaces(
                "\"PidMode\":\"host\",\"UTSMode\":\"host\",\"IpcMode\":\"private\","
                    + "\"CgroupMode\":\"host\",\"UsernsMode\":\"keep-id\",\"NetworkMode\":\"none\"",
                ""))
        .isEqualTo(
            "[--userns=keep-id, --pid=host, --uts=host, --ipc=private, --cgroupns=host,"
                + " --network=none] []");
    assertThat(
            namespaces(
                "\"PidMode\":\"private\",\"UTSMode\":\"private\",\"IpcMode\":\"shareable\","
                    + "\"CgroupMode\":\"host\",\"NetworkMode\":\"bridge\"",
                "\"podman\",\"create\",\"--name=db\",\"image:1\",\"--ipc=host\""))
        .isEqualTo("[] []");
    assertThat(
            namespaces(
                "\"UsernsMode\":\"private\",\"IpcMode\":\"shareable\","
                    + "\"IDMappings\":{\"UidMap\":[\"0:1:9\"],\"GidMap\":[\"0:2:9\"]},"
                    + "\"NetworkMode\":\"slirp4netns\"",
                "\"podman\",\"create\",\"--ipc\",\"none\",\"--cgroupns=private\","
                    + "\"--net=slirp4netns:allow_host_loopback=true\",\"image:1\""))
        .isEqualTo(
            "[--ipc=none, --cgroupns=private, --uidmap=0:1:9, --gidmap=0:2:9,"
                + " --network=slirp4netns:allow_host_loopback=true] []");
    assertThat(
            namespaces(
                "\"PidMode\":\"container:ab\",\"UTSMode\":\"ns:/run/uts\","
                    + "\"NetworkMode\":\"container:ab\"",
                ""))
        .isEqualTo(
            "[] [it shares --pid with another container, which is not carried over,"
                + " --uts=ns:/run/uts is a file of the host, and is not carried over,"
                + " it shares --network with another container, which is not carried over]");
  }

  private static String namespaces(String host, String command) {
    Namespaces namespaces =
        new Namespaces(
            new Inspection(
                "db",
                "image:1",
                JSON.readTree(
                    "{\"Config\":{\"CreateCommand\":[%s]},\"HostConfig\":{%s}}"
                        .formatted(command, host))));
    return namespaces.arguments() + " " + namespaces.uncarried();
  }

  @Test
  void whatRedactionTookOutOfOptionsAndTheCommandIsFoundWhereTheImageDoesNotKnowIt() {
    Inspection spoilt =
        new Inspection(
            "db",
            "image:1",
            JSON.readTree(
                """
                {"Path":"/run","Args":["--pw=(redacted)","serve","(redacted)"],
                 "Config":{"Entrypoint":"/run --pw=(redacted)","Cmd":["serve","(redacted)"],
                   "Env":["A=(redacted)"],"Labels":{"l":"(redacted)","(redacted)":"x"},
                   "Healthcheck":{"Test":["CMD-SHELL","ping (redacted)"],"Interval":5}}}
                """));

    assertThat(CreateOptions.holdingSecrets(spoilt, image))
        .containsExactly("option --health-cmd", "option --entrypoint", "command");
    assertThat(
            CreateOptions.holdingSecrets(
                spoilt,
                JSON.readTree(
                    """
                    {"Entrypoint":["/run","--pw=postgres"],"Cmd":["serve","postgres"],
                     "Healthcheck":{"Test":["CMD-SHELL","ping postgres"],"Interval":5}}
                    """)))
        .isEmpty();
    assertThat(Uncarried.of(spoilt, Set.of()))
        .contains("the value of Label l was secret", "the value of Label (redacted) was secret");
  }

  @Test
  void filesSayWhatTheyLack() {
    Inspection lacking =
        new Inspection(
            "db",
            "image:1",
            JSON.readTree(
                """
                {"NetworkSettings":{"Networks":{"net":{}}},
                 "Config":{"Cmd":["serve","(redacted)"],"CreateCommand":[]},
                 "HostConfig":{"PidMode":"host","UTSMode":"container:ab","Dns":["10.0.0.1"]}}
                """));

    assertThat(new KubeText(List.of(lacking)).write().notes())
        .contains(
            "container db: the file says nothing of --network",
            "container db: the file says nothing of --pid",
            "container db: the file says nothing of --dns",
            "container db: it shares --uts with another container, which is not carried over",
            "container db: the command held a secret: write it in the place of (redacted)");
    assertThat(new QuadletText(List.of(lacking)).write().notes())
        .contains(
            "container db: network net must be there: podman network create",
            "container db: it shares --uts with another container, which is not carried over",
            "container db: the command held a secret: write it in the place of (redacted)")
        .noneMatch(note -> note.contains("--pid"));
  }

  @Test
  void whatIsNotCarriedOverIsTold() {
    assertThat(Uncarried.of(inspection, Set.of()))
        .contains(
            "the option --sysctl that it was made with is not carried over",
            "volume data is not in the set and begins empty",
            "the value of Label t was secret")
        .noneMatch(note -> note.contains("not-an-option"));
  }

  @Test
  void aPasswordLikeTheImagesNameLeavesTheImageReadable() {
    JsonNode redacted =
        Redactor.redact(
            JSON.readTree(
                """
                {"ImageName":"docker.io/library/postgres:15","Config":{"Env":
                  ["POSTGRES_PASSWORD=postgres","POSTGRES_USER=postgres","X=a postgres b"],"Tty":false},
                 "Args":["postgres"]}
                """));
    assertThat(redacted.path("ImageName").asString("")).isEqualTo("docker.io/library/postgres:15");
    assertThat(redacted.toString())
        .contains("POSTGRES_PASSWORD=(redacted)", "POSTGRES_USER=postgres", "X=a (redacted) b");
  }
}
