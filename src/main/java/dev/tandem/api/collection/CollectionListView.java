package dev.tandem.api.collection;

import dev.tandem.domain.collection.Collection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of collections, by name.
 *
 * @param nextCursor null on the last page
 */
@Schema(examples = """
{"items": [{"name": "articles", "description": "What we have published", "embedding": {"model": "all-minilm-l6-v2", "dimensions": 384, "metric": "cosine"},
 "chunking": {"maxTokens": 200, "overlapTokens": 20}, "language": "english", "metadataSchema": null, "requireIfMatch": false,
 "history": {"maxVersions": 10, "maxDays": 90},
 "version": 1, "createdAt": "2026-11-22T12:00:00Z", "updatedAt": "2026-11-22T12:00:00Z"}], "nextCursor": null}
""")
public record CollectionListView(
        List<CollectionView> items, @Nullable String nextCursor) {

    /** @param collections one more than {@code limit} where there are more */
    static CollectionListView of(List<Collection> collections, int limit) {
        boolean more = collections.size() > limit;
        List<Collection> shown = more ? collections.subList(0, limit) : collections;
        return new CollectionListView(
                shown.stream().map(CollectionView::of).toList(),
                more ? CollectionCursor.encode(shown.getLast().name()) : null);
    }
}
