package io.holdfast.podman.archive;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.ArtifactInspector;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.fingerprint.TreeFingerprint;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Reads a volume's tar to its end marker and refuses members that climb out. Where its fingerprint
 * and its listing are known, the members are held against both in the same pass.
 */
public final class TarInspector implements ArtifactInspector {

  @Override
  public boolean inspects(ArtifactKind kind) {
    return kind == ArtifactKind.VOLUME;
  }

  @Override
  public long inspect(ArtifactId id, ArtifactContent content, Cancellation cancellation)
      throws IOException {
    return summarise(id, content, cancellation).members();
  }

  @Override
  public long inspect(
      ArtifactId id, ArtifactContent content, Recorded recorded, Cancellation cancellation)
      throws IOException {
    if (!(recorded.fingerprint().orElse(null) instanceof TreeFingerprint expected)) {
      return inspect(id, content, cancellation);
    }
    try (InputStream in = new Interruptible(content.open(), cancellation);
        ListingCheck listing = new ListingCheck(recorded.listing())) {
      TreeWriter tree = new TreeWriter(listing, cancellation);
      TarSummary summary =
          TarStream.pass(in, OutputStream.nullOutputStream(), MemberRule.staysInside(), tree);
      Optional<String> difference = listing.difference();
      if (!tree.fingerprint().equals(expected)) {
        throw new DamagedTarException(
            "its members are not those of the manifest's fingerprint"
                + difference.map(where -> "; the listing is another one " + where).orElse(""));
      }
      if (difference.isPresent()) {
        throw new IntegrityFailure(
            "The listing of "
                + id.describe()
                + " is not that of its tar, "
                + difference.get()
                + ".",
            "The tar is whole and can be restored; believe what it holds, and not its listing.");
      }
      return summary.members();
    } catch (DamagedTarException e) {
      throw damaged(id, content, e);
    }
  }

  /** The same, and tells what else the archive shows. */
  public static TarSummary summarise(
      ArtifactId id, ArtifactContent content, Cancellation cancellation) throws IOException {
    try (InputStream in = new Interruptible(content.open(), cancellation)) {
      return TarStream.pass(in, OutputStream.nullOutputStream(), MemberRule.staysInside());
    } catch (DamagedTarException e) {
      throw damaged(id, content, e);
    }
  }

  /** What a damaged archive amounts to. */
  public static IntegrityFailure damaged(
      ArtifactId id, ArtifactContent content, DamagedTarException damage) {
    return new IntegrityFailure(
        "The tar of "
            + id.describe()
            + " ("
            + content.describe()
            + ") must not be restored: "
            + damage.getMessage()
            + ".",
        "Use another set; holdfast verify --deep tells which are whole.",
        damage);
  }

  /** Ends a read of the content when the run is cancelled. */
  private static final class Interruptible extends FilterInputStream {

    private final Cancellation cancellation;

    Interruptible(InputStream in, Cancellation cancellation) {
      super(in);
      this.cancellation = cancellation;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      cancellation.throwIfCancelled();
      return super.read(bytes, offset, length);
    }
  }
}
