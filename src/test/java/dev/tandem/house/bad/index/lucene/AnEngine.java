package dev.tandem.house.bad.index.lucene;

/** An engine, in its folder. */
public final class AnEngine {}
