package io.holdfast.podman;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RedactorTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Config':{'Env':['POSTGRES_PASSWORD=hunter22','PATH=/bin']}}",
        "{'Config':{'Env':['apikey=hunter22']}}",
        "{'Config':{'CreateCommand':['podman','run','-e','DB_PASS=hunter22','img']}}",
        "{'Config':{'CreateCommand':['podman','run','--env=MY_TOKEN=hunter22','img']}}",
        "{'Config':{'CreateCommand':['podman','run','-eMY_TOKEN=hunter22','img']}}",
        "{'Args':['--password','hunter22','x']}",
        "{'Args':['--db-password=hunter22']}",
        "{'Config':{'Labels':{'app':'x','io.some.secret':'hunter22'}}}",
        "{'Config':{'Annotations':{'auth':'hunter22'}}}",
        "{'Config':{'Env':['DATABASE_URL=postgres://app:hunter22@db:5432/app']}}",
        "{'Env':['A_SECRET=hunter22'],'Log':'tried hunter22 in vain','hunter22':1}"
      })
  void noSecretStays(String document) {
    assertThat(redact(document)).doesNotContain("hunter22").contains(Redactor.MARK);
  }

  @Test
  void whatIsNoSecretStaysAsItIs() {
    String document =
        "{'Config':{'Env':['PATH=/usr/bin','PWD=/app','PGDATA=/data',"
            + "'POSTGRES_PASSWORD_FILE=/run/secrets/pg','POSTGRES_HOST_AUTH_METHOD=trust'],"
            + "'Labels':{'org.opencontainers.image.authors':'Someone'}},"
            + "'Pid':42,'Running':true,'Url':'http://host/path','None':null}";

    assertThat(redact(document)).isEqualTo(document);
  }

  @Test
  void aShortSecretGoesWhereItStandsAndNowhereElse() {
    assertThat(redact("{'Env':['PASSWORD=abc'],'Name':'abcdef'}"))
        .isEqualTo("{'Env':['PASSWORD=(redacted)'],'Name':'abcdef'}");
  }

  @Test
  void theLongerOfTwoSecretsGoesFirst() {
    assertThat(redact("{'Env':['A_PASSWORD=secret','B_PASSWORD=secret-and-more']}"))
        .isEqualTo("{'Env':['A_PASSWORD=(redacted)','B_PASSWORD=(redacted)']}");
  }

  @Test
  void namesSoundSecretOrNot() {
    assertThat(List.of("DB_PWD", "secretKey", "credentials", "AUTH", "privateData"))
        .allMatch(Redactor::soundsSecret);
    assertThat(List.of("PWD", "OLDPWD", "AUTHOR", "HOME", "PATH"))
        .noneMatch(Redactor::soundsSecret);
  }

  private static String redact(String document) {
    JsonNode redacted = Redactor.redact(JSON.readTree(document.replace('\'', '"')));
    return JSON.writeValueAsString(redacted).replace('"', '\'');
  }
}
