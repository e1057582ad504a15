package dev.tandem.index;

import java.time.Instant;

/**
 * Why an index cannot be written or opened.
 *
 * @param since when this was first noticed
 * @param reason the error of the disk, for an operator
 */
public record IndexTrouble(Instant since, String reason) {}
