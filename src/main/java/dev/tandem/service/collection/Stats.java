package dev.tandem.service.collection;

import dev.tandem.domain.advice.FieldUsage;
import dev.tandem.domain.collection.CollectionSettings;
import dev.tandem.domain.collection.CollectionStats;
import dev.tandem.domain.collection.MetadataIndex;
import dev.tandem.service.index.IndexState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be measured of a collection.
 *
 * @param index of this replica
 * @param indexes the declared indexes of metadata
 * @param fields the fields of metadata that statements of this replica used
 */
public record Stats(CollectionStats rows, IndexState index, List<MetadataIndex> indexes, List<FieldUsage> fields) {

    /** What a client can do about the statements that use a field; null if nothing has to be done. */
    public FieldUsage.@Nullable Advice advice(FieldUsage usage) {
        return usage.advice(indexes.stream()
                .filter(declared -> declared.path().equals(usage.path()))
                .findAny()
                .map(MetadataIndex::isStopped)
                .orElse(indexes.size() < CollectionSettings.MOST_INDEXES));
    }
}
