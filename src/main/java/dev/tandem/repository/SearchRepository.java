package dev.tandem.repository;

import static java.util.stream.Collectors.toMap;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.filter.Filter;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.Ranking;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.lucene.LuceneIndexes;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Documents by what they say and mean: where rows and vectors meet. The index proposes, the rows decide: what an index believes of a
 * document may be a moment old, so a hit counts only with its row, and if the filter matches that.
 */
@Singleton
public class SearchRepository {

    private final LuceneIndexes indexes;
    private final DocumentRepository documents;
    private final ChunkRepository chunks;

    SearchRepository(LuceneIndexes indexes, DocumentRepository documents, ChunkRepository chunks) {
        this.indexes = indexes;
        this.documents = documents;
        this.chunks = chunks;
    }

    /** A ranked document as its row is now. */
    public record Found(Ranking ranking, Document document) {}

    /** What the index proposes. Needs no session. */
    public Uni<Candidates> candidates(Collection collection, CandidateQuery query) {
        return indexes.of(collection).search(query);
    }

    /** The first {@code limit} of the rankings whose rows are there and match, in their order. */
    public Uni<List<Found>> hydrate(Collection collection, List<Ranking> rankings, Filter filter, int limit) {
        return hydrate(collection, rankings, filter, limit, new ArrayList<>());
    }

    private Uni<List<Found>> hydrate(
            Collection collection, List<Ranking> rankings, Filter filter, int limit, List<Found> found) {
        int missing = limit - found.size();
        if (missing == 0 || rankings.isEmpty()) {
            return Uni.createFrom().item(found);
        }
        List<Ranking> next = rankings.subList(0, Math.min(missing, rankings.size()));
        return documents.byIds(next.stream().map(Ranking::documentId).toList()).chain(rows -> {
            Map<UUID, Document> byId = rows.stream().collect(toMap(Document::id, Function.identity()));
            for (Ranking ranking : next) {
                Document row = byId.get(ranking.documentId());
                if (row != null && row.collectionId().equals(collection.id()) && filter.matches(row.metadata())) {
                    found.add(new Found(ranking, row));
                }
            }
            return hydrate(collection, rankings.subList(next.size(), rankings.size()), filter, limit, found);
        });
    }

    /** The passages of these documents. */
    public Uni<Map<UUID, List<Chunk>>> passages(List<Found> found) {
        return chunks.of(found.stream().map(hit -> hit.document().id()).toList());
    }
}
