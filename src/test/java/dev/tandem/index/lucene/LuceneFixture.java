package dev.tandem.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.IndexBuild;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.SearchThreads;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lucene indexes as a test sees them: blocking. */
public final class LuceneFixture implements AutoCloseable {

    final LuceneIndexes indexes;

    public LuceneFixture(TestConfig config) {
        indexes = new LuceneIndexes(config, new SearchThreads(config));
    }

    public LuceneFixture(TestConfig config, FailingDisk disk) {
        indexes = new LuceneIndexes(config, new SearchThreads(config), disk);
    }

    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(60));
    }

    IndexBuild rebuild(Collection collection) {
        return await(indexes.of(collection).rebuild());
    }

    public void build(Collection collection, IndexEntry... entries) {
        IndexBuild rebuild = rebuild(collection);
        await(rebuild.apply(List.of(entries), Set.of()));
        await(rebuild.swapIn(Position.START));
    }

    boolean isTroubled(Collection collection) {
        return indexes.trouble(collection.id()).isPresent();
    }

    Optional<Position> position(Collection collection) {
        return await(indexes.of(collection).position());
    }

    public void save(Collection collection, long txid, IndexEntry... entries) {
        apply(collection, List.of(entries), Set.of(), at(txid));
    }

    void delete(Collection collection, long txid, UUID... gone) {
        apply(collection, List.of(), Set.of(gone), at(txid));
    }

    /** From wherever it stands. */
    void apply(Collection collection, List<IndexEntry> saved, Set<UUID> gone, Position reached) {
        Position from = position(collection).orElse(Position.START);
        assertThat(await(indexes.of(collection).apply(saved, gone, from, reached)))
                .isTrue();
    }

    static Position at(long txid) {
        return at(txid, Position.ALL);
    }

    static Position at(long txid, long seq) {
        return new Position("here", txid, 0, seq, new TreeMap<>());
    }

    public Candidates search(
            Collection collection, @Nullable String text, @Nullable Vector vector, Filter filter, int limit) {
        return await(indexes.of(collection).search(new CandidateQuery(text, vector, filter, limit)));
    }

    List<UUID> withWords(Collection collection, String text) {
        return search(collection, text, null, Filter.EVERYTHING, 1_000).byWords().stream()
                .map(KeywordMatch::documentId)
                .toList();
    }

    @Override
    public void close() {
        indexes.close();
    }
}
