package dev.tandem.house.bad.service;

/** A name that says only that it is carried. */
public record DocumentDto(String key) {}
