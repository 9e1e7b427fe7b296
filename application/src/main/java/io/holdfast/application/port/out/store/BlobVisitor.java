package io.holdfast.application.port.out.store;

/** Is shown the blobs of a listing, one at a time. */
@FunctionalInterface
public interface BlobVisitor {

  /** Looks at one blob. What it throws ends the listing and comes through unchanged. */
  void visit(BlobInfo blob);
}
