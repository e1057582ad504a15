package dev.tandem.house.bad.util;

/** Something that has an owner, or no name yet. */
public final class HasNoRoom {}
