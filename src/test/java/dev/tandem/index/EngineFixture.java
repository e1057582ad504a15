package dev.tandem.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.SearchText;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An engine as tests use it: blocking. A subclass says how the engine is opened and what it leaves behind. It begins with no index of any
 * collection of the test.
 */
public abstract class EngineFixture implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public abstract Indexes indexes();

    /** Stops as a service does that is shut down, and starts again with what is stored. */
    public abstract void restart();

    /** Another service, with what this one would leave behind if it was killed now. Both have to be closed. */
    public abstract EngineFixture afterCrash();

    /** Stops as a service does that is shut down. Does nothing the second time. */
    @Override
    public abstract void close();

    /**
     * Waits until searches show everything that was applied to the collection's index. Every helper here that changes an index calls it.
     * Only an engine that can't wait for that by itself, as {@link Index#apply} promises, has something to do here.
     */
    protected void settle(Collection collection) {}

    public static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    /** The place behind everything that the transaction did. */
    public static Position at(long txid) {
        return at(txid, Position.ALL);
    }

    public static Position at(long txid, long seq) {
        return new Position("here", txid, 0, seq, new TreeMap<>());
    }

    public boolean can(Engine.Capability capability) {
        return indexes().engine().can(capability);
    }

    public Index of(Collection collection) {
        return indexes().of(collection);
    }

    public IndexBuild rebuild(Collection collection) {
        return await(of(collection).rebuild());
    }

    public void swapIn(Collection collection, IndexBuild build, Position reached) {
        await(build.swapIn(reached));
        settle(collection);
    }

    /** A new index of these entries, which stands at the beginning of the log. */
    public void build(Collection collection, IndexEntry... entries) {
        IndexBuild build = rebuild(collection);
        await(build.apply(List.of(entries), Set.of()));
        swapIn(collection, build, Position.START);
    }

    public void drop(Collection collection) {
        await(indexes().drop(collection.id()));
        settle(collection);
    }

    public Optional<Position> position(Collection collection) {
        return await(of(collection).position());
    }

    public void save(Collection collection, long txid, IndexEntry... entries) {
        apply(collection, List.of(entries), Set.of(), at(txid));
    }

    public void delete(Collection collection, long txid, UUID... gone) {
        apply(collection, List.of(), Set.of(gone), at(txid));
    }

    /** From wherever it stands. */
    public void apply(Collection collection, List<IndexEntry> saved, Set<UUID> gone, Position reached) {
        Position from = position(collection).orElse(Position.START);
        assertThat(apply(collection, saved, gone, from, reached)).isTrue();
    }

    /** Whether anything was done. */
    public boolean apply(
            Collection collection, List<IndexEntry> saved, Set<UUID> gone, Position from, Position reached) {
        boolean done = await(of(collection).apply(saved, gone, from, reached));
        settle(collection);
        return done;
    }

    public Candidates search(
            Collection collection, @Nullable String text, @Nullable Vector vector, Filter filter, int limit) {
        return await(of(collection)
                .search(new CandidateQuery(
                        text == null ? null : SearchText.plain(text), vector, List.of(), filter, limit)));
    }

    public List<UUID> withWords(Collection collection, String text) {
        return search(collection, text, null, Filter.EVERYTHING, 1_000).byWords().stream()
                .map(KeywordMatch::documentId)
                .toList();
    }

    /** The documents that a text finds, best first. */
    public List<UUID> withWords(Collection collection, SearchText text) {
        CandidateQuery query = new CandidateQuery(text, null, List.of(), Filter.EVERYTHING, 1_000);
        return await(of(collection).search(query)).byWords().stream()
                .map(KeywordMatch::documentId)
                .toList();
    }

    public IndexSize size(Collection collection) {
        return await(of(collection).size());
    }

    /** What searches see, from one state of the index. */
    public List<Stamp> stamps(Collection collection) {
        return await(of(collection).stamps(null, 10_000));
    }
}
