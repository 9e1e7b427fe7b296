package io.holdfast.podman.archive;

import io.holdfast.domain.fingerprint.Difference;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes the listing of a tree, line by line, and finds in what it differs from an earlier one. Both
 * are in the order of {@link TreeOrder}; neither is kept.
 */
public final class TreeComparison extends OutputStream {

  private final ListingReader earlier;
  private final int most;
  private final StringBuilder line = new StringBuilder();
  private final List<Difference> differences = new ArrayList<>();
  private long found;
  private Optional<ListedMember> awaited;

  /**
   * @param most how many differences are told; the others are counted
   */
  public TreeComparison(ListingReader earlier, int most) throws IOException {
    this.earlier = earlier;
    this.most = most;
    this.awaited = earlier.next();
  }

  @Override
  public void write(int b) throws IOException {
    if (b == '\n') {
      Optional<ListedMember> member = ListedMember.parse(line.toString());
      line.setLength(0);
      if (member.isPresent()) {
        compare(member.get());
      }
    } else {
      line.append((char) (b & 0xFF));
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  /** The tree has ended; reads the earlier listing to its end. */
  public void end() throws IOException {
    while (awaited.isPresent()) {
      add(MemberComparison.missing(awaited.get()));
      awaited = earlier.next();
    }
  }

  /** In what they differ, the first ones. */
  public List<Difference> differences() {
    return differences;
  }

  /** In how many members they differ. */
  public long found() {
    return found;
  }

  private void compare(ListedMember member) throws IOException {
    while (awaited.isPresent() && TreeOrder.compare(awaited.get().path(), member.path()) < 0) {
      add(MemberComparison.missing(awaited.get()));
      awaited = earlier.next();
    }
    if (awaited.isPresent() && awaited.get().path().equals(member.path())) {
      MemberComparison.of(awaited.get(), member).ifPresent(this::add);
      awaited = earlier.next();
    } else {
      add(MemberComparison.extra(member));
    }
  }

  private void add(Difference difference) {
    found++;
    if (differences.size() < most) {
      differences.add(difference);
    }
  }
}
