package dev.tandem.repository;

import static dev.tandem.testing.Waiting.get;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Span;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.DocumentSamples;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The law of the mappers, tested through PostgreSQL: a repository returns what it was given. */
@QuarkusTest
class RoundTripComponentTest {

    private static final int SAMPLES = 100;

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    CollectionRepository collections;

    @Inject
    DocumentRepository documents;

    @Inject
    DocumentLookup lookup;

    @Inject
    ChunkRepository chunks;

    private final long seed = new Random().nextInt(1_000_000);
    private final DocumentSamples samples = new DocumentSamples(new Random(seed));
    private final CollectionSamples collectionSamples = new CollectionSamples(new Random(seed));

    @Test
    void collections() {
        List<Collection> added = many(collectionSamples::next);
        get(unitOfWork.write(() -> each(added, collection -> collections.add(collection, Principal.ANYBODY))));
        for (Collection collection : added) {
            assertThat(get(unitOfWork.read(() -> collections.get(collection.name()))))
                    .as("seed %d", seed)
                    .isEqualTo(collection);
        }
    }

    @Test
    void documentsAsAddedAndAsReplaced() {
        Collection owner = owner();
        List<Document> added = many(() -> samples.next(owner.id()));
        get(unitOfWork.write(() -> each(added, documents::add)));
        assertStored(owner, added);
        List<Document> replaced = added.stream()
                .map(document -> document.replacedBy(samples.next(owner.id())))
                .toList();
        get(unitOfWork.write(() -> documents.lockAll(ids(added)).chain(() -> documents.replaceAll(replaced))));
        assertStored(owner, replaced);
    }

    private void assertStored(Collection owner, List<Document> expected) {
        List<Document> stored = get(unitOfWork.read(() -> documents.byIds(ids(expected))));
        var byId = stored.stream().collect(toMap(Document::id, Function.identity()));
        assertThat(byId).hasSize(SAMPLES);
        for (Document document : expected) {
            assertThat(byId.get(document.id())).as("seed %d", seed).isEqualTo(document);
            assertThat(get(lookup.get(owner.name(), document.key())))
                    .as("seed %d", seed)
                    .isEqualTo(document);
        }
    }

    @Test
    void chunksAsFirstWrittenAndAsReplaced() {
        Collection owner = owner();
        List<Document> added = many(() -> samples.next(owner.id()));
        get(unitOfWork.write(() -> each(added, documents::add)));
        for (int round = 0; round < 3; round++) {
            List<Chunk> written = added.stream()
                    .flatMap(document -> samples.chunks(document.id(), 8).stream())
                    .toList();
            get(unitOfWork.write(() -> chunks.replace(owner.searched(), ids(added), written)));
            assertThat(get(unitOfWork.read(() -> chunks.of(owner.searched(), ids(added)))))
                    .as("seed %d", seed)
                    .isEqualTo(written.stream().collect(groupingBy(Chunk::documentId)));
        }
    }

    @Test
    void chunksReplacedWhereTheyWereRead() {
        Collection owner = owner();
        VectorSet set = owner.searched();
        Document document = samples.next(owner.id());
        get(unitOfWork.write(() -> documents.add(document)));
        List<UUID> id = List.of(document.id());
        Chunk before = new Chunk(document.id(), 0, 0, 5, samples.vector(4));
        Chunk after = new Chunk(document.id(), 0, 0, 7, samples.vector(4));
        get(unitOfWork.write(() -> chunks.replace(set, id, List.of(before))));
        get(unitOfWork.write(() -> chunks.of(set, id).chain(() -> chunks.replace(set, id, List.of(after)))));
        assertThat(get(unitOfWork.read(() -> chunks.of(set, id))).get(document.id()))
                .containsExactly(after);
    }

    @Test
    void theSpanOfOneChunkOfEachDocument() {
        Collection owner = owner();
        VectorSet set = owner.searched();
        Map<UUID, Integer> ordinals = new HashMap<>();
        Map<UUID, Span> expected = new HashMap<>();
        List<Document> added = many(() -> samples.next(owner.id()));
        get(unitOfWork.write(() -> each(added, documents::add)));
        List<Chunk> written = added.stream()
                .flatMap(document -> samples.chunks(document.id(), 8).stream())
                .toList();
        get(unitOfWork.write(() -> chunks.addAll(set, written)));
        // Some documents have no chunk with this number.
        added.forEach(document -> ordinals.put(document.id(), 1));
        for (Chunk chunk : written) {
            if (chunk.ordinal() == 1) {
                expected.put(chunk.documentId(), new Span(chunk.start(), chunk.end()));
            }
        }
        assertThat(get(unitOfWork.read(() -> chunks.spans(set, ordinals))))
                .as("seed %d", seed)
                .isEqualTo(expected)
                .hasSizeBetween(1, SAMPLES - 1);
        assertThat(get(unitOfWork.read(() -> chunks.spans(next(set), ordinals))))
                .isEmpty();
    }

    private static VectorSet next(VectorSet set) {
        return new VectorSet(set.number() + 1, set.embedding());
    }

    private Collection owner() {
        Collection owner = collectionSamples.next();
        get(unitOfWork.write(() -> collections.add(owner, Principal.ANYBODY)));
        return owner;
    }

    private static <T> List<T> many(Supplier<T> one) {
        List<T> many = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            many.add(one.get());
        }
        return many;
    }

    private static <T> Uni<Void> each(List<T> all, Function<T, Uni<Void>> work) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (T one : all) {
            done = done.chain(() -> work.apply(one));
        }
        return done;
    }

    private static List<UUID> ids(List<Document> all) {
        return all.stream().map(Document::id).toList();
    }
}
