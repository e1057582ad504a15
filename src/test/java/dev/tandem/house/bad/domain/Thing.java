package dev.tandem.house.bad.domain;

/** What the bad repositories would keep, if they were good ones. Breaks no rule. */
public record Thing(String name) {}
