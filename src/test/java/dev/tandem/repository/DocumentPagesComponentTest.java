package dev.tandem.repository;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Document.Body;
import dev.tandem.domain.document.Document.Identity;
import dev.tandem.domain.document.Document.Text;
import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.document.DocumentQuery.Count;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.document.Keyset;
import dev.tandem.domain.document.Versioning;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.DateSamples;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.FilterSamples;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists of documents, page by page, with many equal values in the field that orders them. */
@QuarkusTest
class DocumentPagesComponentTest {

    private static final int DOCUMENTS = 40;
    private static final FieldPath PARITY = FieldPath.parse("odd");

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    DocumentRepository documents;

    @Inject
    DocumentPages pages;

    @Inject
    PageLookup lookup;

    @Inject
    World world;

    private final Random random = new Random();
    private final DocumentSamples samples = new DocumentSamples(random);
    private final List<Document> all = new ArrayList<>();
    private Collection owner;

    @BeforeEach
    void addDocuments() {
        owner = world.collection(CollectionSamples.ownVectors(2));
        Collection neighbour = world.collection(CollectionSamples.ownVectors(2));
        Uni<Void> added = unitOfWork.write(() -> documents.add(document(neighbour, 0)));
        for (int i = 0; i < DOCUMENTS; i++) {
            Document document = document(owner, i);
            all.add(document);
            added = added.chain(() -> unitOfWork.write(() -> documents.add(document)));
        }
        get(added);
    }

    static Stream<DocumentOrder> orders() {
        return Stream.of(DocumentField.CREATED_AT, DocumentField.UPDATED_AT, DocumentField.KEY, DocumentField.ID)
                .flatMap(field -> Stream.of(DocumentOrder.by(field, false), DocumentOrder.by(field, true)));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void pagesAreTheListInPieces(DocumentOrder order) {
        List<Document> expected = all.stream().sorted(comparator(order)).toList();
        for (int size : new int[] {1, 3, DOCUMENTS - 1, DOCUMENTS, DOCUMENTS + 1}) {
            assertThat(walk(Filter.EVERYTHING, order, size))
                    .as("pages of %d", size)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void filteredPagesToo(DocumentOrder order) {
        Filter odd = new Filter.Equal(PARITY, true);
        List<Document> expected = all.stream()
                .filter(document -> odd.matches(document))
                .sorted(comparator(order))
                .toList();
        assertThat(expected).hasSize(DOCUMENTS / 2);
        assertThat(walk(odd, order, 3)).isEqualTo(expected);
    }

    @Test
    void anyFilterSelectsWhatItMatches() {
        FilterSamples filters = FilterSamples.on(new Random(1), all);
        for (int i = 0; i < 300; i++) {
            Filter filter = filters.next();
            List<Document> expected = all.stream()
                    .filter(filter::matches)
                    .sorted(comparator(DocumentOrder.OLDEST_FIRST))
                    .toList();
            Page<Document> page = page(filter, DocumentOrder.OLDEST_FIRST, null, DOCUMENTS, Count.EXACT);
            assertThat(page.items()).as("%s", filter).isEqualTo(expected);
            assertThat(page.count()).isEqualTo(expected.size());
            if (i % 20 == 0) {
                assertThat(page(filter, DocumentOrder.OLDEST_FIRST, null, 1, Count.ESTIMATED)
                                .count())
                        .isNotNull();
            }
        }
    }

    @Test
    void whatIsAddedOrDeletedMeanwhileMovesNoOtherDocument() {
        DocumentOrder order = DocumentOrder.by(DocumentField.KEY, false);
        List<Document> expected = all.stream().sorted(comparator(order)).toList();
        Page<Document> first = page(Filter.EVERYTHING, order, null, 10, Count.NONE);
        get(unitOfWork.write(() -> documents.remove(expected.get(9)).chain(() -> documents.remove(expected.get(2)))));
        Page<Document> second = page(Filter.EVERYTHING, order, next(first, order), 10, Count.NONE);
        assertThat(second.items()).isEqualTo(expected.subList(10, 20));
    }

    @Test
    void countsWhatMatchesNotWhatIsShown() {
        Filter odd = new Filter.Equal(PARITY, true);
        DocumentOrder order = DocumentOrder.OLDEST_FIRST;
        assertThat(page(odd, order, null, 3, Count.EXACT).count()).isEqualTo(DOCUMENTS / 2);
        assertThat(page(Filter.EVERYTHING, order, null, 3, Count.EXACT).count()).isEqualTo(DOCUMENTS);
        assertThat(page(odd, order, null, 3, Count.NONE).count()).isNull();
        assertThat(page(odd, order, null, 3, Count.ESTIMATED).count()).isNotNull();
        assertThat(page(Filter.EVERYTHING, order, null, 3, Count.ESTIMATED).count())
                .isNotNull();
    }

    @Test
    void sizesAreOfAllDocumentsById() {
        List<UUID> walked = new ArrayList<>();
        List<UUID> next = next(new UUID(0, 0));
        while (!next.isEmpty()) {
            walked.addAll(next);
            next = next(next.getLast());
        }
        assertThat(walked)
                .isEqualTo(all.stream()
                        .map(Document::id)
                        .sorted(Comparator.comparing(UUID::toString))
                        .toList());
    }

    private List<UUID> next(UUID after) {
        return get(unitOfWork.read(() -> pages.sizes(owner.id(), Filter.EVERYTHING, after, new UUID(-1, -1), 7)))
                .stream()
                .map(DocumentSize::id)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theListIsTheSameBackwards(DocumentOrder order) {
        List<Document> walked = new ArrayList<>();
        for (Keyset from = Keyset.END; from != null; ) {
            Page<Document> page = page(Filter.EVERYTHING, order, from, 7, Count.NONE);
            walked.addAll(page.items());
            DocumentQuery query = new DocumentQuery(Filter.EVERYTHING, order, from, 7, Count.NONE);
            assertThat(get(lookup.page(owner, query))).isEqualTo(page);
            from = page.next(first -> Keyset.before(first, order));
        }
        assertThat(walked.reversed())
                .isEqualTo(all.stream().sorted(comparator(order)).toList());
    }

    private List<Document> walk(Filter filter, DocumentOrder order, int size) {
        List<Document> walked = new ArrayList<>();
        Keyset after = null;
        do {
            Page<Document> page = page(filter, order, after, size, Count.NONE);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
            walked.addAll(page.items());
            after = next(page, order);
        } while (after != null);
        return walked;
    }

    private static @Nullable Keyset next(Page<Document> page, DocumentOrder order) {
        return page.next(last -> Keyset.behind(last, order));
    }

    private Page<Document> page(Filter filter, DocumentOrder order, @Nullable Keyset after, int size, Count count) {
        Keyset from = after == null ? Keyset.BEGINNING : after;
        return get(unitOfWork.read(
                () -> pages.page(owner, Scope.EVERYTHING, new DocumentQuery(filter, order, from, size, count))));
    }

    private static Comparator<Document> comparator(DocumentOrder order) {
        // PostgreSQL compares the bytes of ids, which is the order of their text.
        Comparator<Document> byId =
                Comparator.comparing(document -> document.id().toString());
        DocumentOrder.Part part = order.parts().getFirst();
        Comparator<Document> ascending =
                switch ((DocumentField) part.field()) {
                    case CREATED_AT -> Comparator.comparing(Document::createdAt).thenComparing(byId);
                    case UPDATED_AT -> Comparator.comparing(Document::updatedAt).thenComparing(byId);
                    case KEY -> Comparator.comparing(Document::key).thenComparing(byId);
                    case ID -> byId;
                    case TITLE, VERSION -> throw new IllegalArgumentException("no index");
                };
        return part.descending() ? ascending.reversed() : ascending;
    }

    /** Only three different times occur. */
    private Document document(Collection collection, int number) {
        Instant created = Instant.parse("2026-01-0" + (1 + number % 3) + "T00:00:00.000001Z");
        Instant updated = Instant.parse("2026-01-0" + (1 + number % 2) + "T00:00:00.000002Z");
        String key = "Aaé-_Zz".charAt(number % 7) + "-" + random.nextInt() + number;
        String date = DateSamples.SAME.get(number % DateSamples.SAME.size()).getFirst();
        return new Document(
                new Identity(samples.id(), collection.id(), key, created),
                new Body(Text.of("title", null), new Metadata(Map.of("odd", number % 2 == 1, "a", date)), null),
                Versioning.first(updated, null));
    }
}
