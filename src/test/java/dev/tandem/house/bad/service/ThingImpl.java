package dev.tandem.house.bad.service;

/** A name that says only that there is an interface. */
public final class ThingImpl {}
