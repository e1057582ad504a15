package dev.tandem.service.collection;

import dev.tandem.domain.advice.FieldUsage;
import dev.tandem.domain.collection.CollectionStats;
import dev.tandem.service.index.IndexState;
import java.util.List;

/**
 * What can be measured of a collection.
 *
 * @param index of this replica
 * @param fields the fields of metadata that statements of this replica used
 */
public record Stats(CollectionStats rows, IndexState index, List<FieldUsage> fields) {}
