package dev.tandem.house.bad.service;

/** A name that says only that it is an interface. */
public interface IDocument {}
