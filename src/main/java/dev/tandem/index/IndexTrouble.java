package dev.tandem.index;

import java.time.Instant;

/**
 * Why an index can't be written, or can't be opened.
 *
 * @param since when that was first seen
 * @param reason what the disk said, for an operator
 */
public record IndexTrouble(Instant since, String reason) {}
