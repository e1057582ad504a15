package dev.tandem.house.bad.service;

/** A repository in the wrong room. */
public final class StrayRepository {}
