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
            "--publish=127.0.0.1:54999:5432/tcp",
            "--memory=1024",
            "--label=l=m",
            "--restart=on-failure:3",
            "--entrypoint=[\"/bin/sh\",\"-c\"]",
            "image:1",
            "sleep 100");
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
