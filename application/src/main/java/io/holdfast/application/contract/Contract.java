package io.holdfast.application.contract;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** All that every store promises. */
public final class Contract {

  private Contract() {}

  /** Every case, the quick ones among them. */
  public static List<ContractCase> whole() {
    return Stream.of(
            VisibilityCases.all(),
            WriterCases.all(),
            ExclusivenessCases.all(),
            SizeCases.all(),
            ListingCases.all(),
            NameCases.all(),
            DeletionCases.all(),
            StreamCases.all(),
            InterruptionCases.all(),
            ErrorCases.all())
        .flatMap(Collection::stream)
        .toList();
  }

  /** The cases that together take a moment: write, read back, list, refuse, delete. */
  public static List<ContractCase> quick() {
    return whole().stream().filter(ContractCase::isQuick).toList();
  }
}
