package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintMethodTest {

  @Test
  void theFirstWayToDescribeDefinitionsHasNoNameOfItsOwn() {
    FingerprintMethod former = FingerprintMethod.parse("rows-md5sum-1 postgresql-15").orElseThrow();

    assertThat(former).isEqualTo(new FingerprintMethod(RowDigest.MD5, 1, 15));
    assertThat(former.describesForeignData()).isFalse();
    assertThat(former.describesPublications()).isFalse();
    assertThat(former.on(16).text()).isEqualTo("rows-md5sum-1 postgresql-16");
  }

  @Test
  void theNewestWayIsReadAgainAsItWasWritten() {
    FingerprintMethod newest = FingerprintMethod.newest(RowDigest.HASH64, 18);

    assertThat(newest.text()).isEqualTo("rows-hash64sum-1 definitions-2 postgresql-18");
    assertThat(FingerprintMethod.parse(newest.text())).contains(newest);
    assertThat(newest.describesForeignData()).isTrue();
  }

  @Test
  void whatALaterVersionMayWriteIsNotKnown() {
    assertThat(FingerprintMethod.parse("rows-md5sum-1 definitions-3 postgresql-15")).isEmpty();
    assertThat(FingerprintMethod.parse("rows-md5sum-1 definitions-0 postgresql-15")).isEmpty();
    assertThat(FingerprintMethod.parse("rows-md5sum-2 definitions-2 postgresql-15")).isEmpty();
    assertThat(FingerprintMethod.parse("rows-md5sum-1 definitions-2")).isEmpty();
  }
}
