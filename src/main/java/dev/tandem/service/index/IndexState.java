package dev.tandem.service.index;

/**
 * How far this replica's index of a collection has followed the log.
 *
 * @param state ok, degraded if its disk fails, or building
 * @param sequence every write of the transactions up to this one is visible
 * @param lag how many changes are not visible yet; while the index is being built, the number of documents
 */
public record IndexState(String engine, String state, long sequence, long lag) {}
