package dev.tandem.index.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.SearchText;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Engine;
import dev.tandem.index.EngineFixture;
import dev.tandem.index.Entries;
import dev.tandem.index.Index;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.IndexTrouble;
import dev.tandem.index.Indexes;
import dev.tandem.index.lucene.LuceneFixture;
import dev.tandem.index.shared.MemoryEngine;
import dev.tandem.index.shared.SharedFixture;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionSearchTest {

    @TempDir
    Path folder;

    /** An engine of another name that has words and vectors. */
    private record Wordy(Indexes inner) implements Indexes {

        static final String NAME = "wordy";

        @Override
        public Engine engine() {
            return new Engine(NAME, Map.of());
        }

        @Override
        public Index of(Collection collection) {
            return inner.of(collection);
        }

        @Override
        public Uni<Void> drop(UUID collectionId) {
            return inner.drop(collectionId);
        }

        @Override
        public Uni<Void> dropAll(Set<UUID> collectionIds) {
            return inner.dropAll(collectionIds);
        }

        @Override
        public Uni<Set<UUID>> stored() {
            return inner.stored();
        }

        @Override
        public Optional<IndexTrouble> trouble(UUID collectionId) {
            return inner.trouble(collectionId);
        }

        @Override
        public Set<UUID> waiting() {
            return inner.waiting();
        }
    }

    @Test
    @DisplayName("the former engine is searched until the words beside the present one have been built, too")
    void wordsOfThePresentEngine() {
        try (EngineFixture former = LuceneFixture.in(folder.resolve("former"));
                EngineFixture words = LuceneFixture.in(folder.resolve("words"));
                EngineFixture vectors = SharedFixture.of(() -> new MemoryEngine(new MemoryEngine.Server()))) {
            Engines engines = new Engines(List.of(words.indexes(), vectors.indexes(), new Wordy(former.indexes())));
            Collection collection = Entries.collection(Language.ENGLISH, Metric.COSINE, 2)
                    .withIndex(new IndexSettings(MemoryEngine.NAME, Wordy.NAME, null), Instant.now());
            UUID whales = UUID.randomUUID();
            IndexEntry entry = Entries.text(whales, "Whales", null);
            former.build(collection, entry);
            vectors.build(collection, entry);
            assertThat(withWords(engines, collection)).containsExactly(whales);
            words.build(collection, entry);
            former.build(collection);
            assertThat(withWords(engines, collection)).containsExactly(whales);
        }
    }

    private static List<UUID> withWords(Engines engines, Collection collection) {
        return EngineFixture.await(new CollectionSearch(engines, collection)
                        .candidates(
                                new CandidateQuery(SearchText.plain("whale"), null, List.of(), Filter.EVERYTHING, 10)))
                .byWords()
                .stream()
                .map(KeywordMatch::documentId)
                .toList();
    }
}
