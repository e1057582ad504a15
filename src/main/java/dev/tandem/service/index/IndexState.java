package dev.tandem.service.index;

/**
 * How far a collection's index here has come.
 *
 * @param state ok, degraded where its disk fails, or building
 * @param sequence everything that the transactions up to this one did is visible
 * @param lag how many changes are not visible yet; while an index is being built, how many documents there are
 */
public record IndexState(String engine, String state, long sequence, long lag) {}
