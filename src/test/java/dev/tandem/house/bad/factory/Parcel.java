package dev.tandem.house.bad.factory;

import dev.tandem.domain.Aggregate;

/** An aggregate of the bad house. Breaks no rule. */
@Aggregate
public record Parcel(String address) {}
