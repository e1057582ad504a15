package dev.tandem.house.bad.domain;

/** Has a factory, and doesn't say that it is an aggregate. */
public record Letter(String address) {}
