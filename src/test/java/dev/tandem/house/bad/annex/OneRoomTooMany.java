package dev.tandem.house.bad.annex;

/** The thirteenth room. */
public final class OneRoomTooMany {}
