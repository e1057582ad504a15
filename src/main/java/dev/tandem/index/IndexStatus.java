package dev.tandem.index;

import dev.tandem.domain.change.Position;
import java.util.Optional;

/**
 * An index as its readers find it.
 *
 * @param shown searches show everything up to here; empty where they show nothing
 */
public record IndexStatus(IndexHealth health, Optional<Position> shown) {}
