package dev.tandem.house.bad.service;

/** A name that says only that there are subclasses. */
public abstract class AbstractThing {}
