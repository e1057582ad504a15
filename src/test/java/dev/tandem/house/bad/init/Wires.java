package dev.tandem.house.bad.init;

/** What nobody may know. Breaks no rule. */
public final class Wires {}
