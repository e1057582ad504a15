package dev.tandem.index;

import dev.tandem.domain.change.Position;
import java.util.Optional;

/**
 * The health of an index, and what its readers see.
 *
 * @param shown searches show everything up to this position; empty if they show nothing
 */
public record IndexStatus(IndexHealth health, Optional<Position> shown) {}
