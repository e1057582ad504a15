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
import dev.tandem.domain.document.Keyset;
import dev.tandem.domain.document.Versioning;
import dev.tandem.domain.embedding.EmbeddedVersions;
import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.factory.metadata.OrderFactory;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.MetadataSamples;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Lists that are ordered by any fields, against lists that are ordered here, by an order that is written without the domain's. */
@QuarkusTest
class DocumentSortComponentTest {

    private static final int DOCUMENTS = 10_000;
    private static final int BATCH = 1_000;
    private static final long SEED = 20;

    private static final List<String> ORDERS = List.of(
            "metadata.v",
            "-metadata.v",
            "metadata.w,-metadata.v",
            "-metadata.w,-metadata.a.b,title",
            "-title,metadata.w,-version",
            "metadata.a,-createdAt,metadata.x\\,\\.\"y,-key",
            "version,-id",
            "-updatedAt");

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

    private Random random = new Random(SEED);
    private DocumentSamples samples = new DocumentSamples(random);
    private MetadataSamples metadata = new MetadataSamples(random);

    /** The tests share a database, so each has documents of its own. */
    @BeforeEach
    void samplesOfTheTest(TestInfo test) {
        random = new Random(SEED + test.getDisplayName().hashCode());
        samples = new DocumentSamples(random);
        metadata = new MetadataSamples(random);
    }

    @Thorough
    @Test
    void anyOrderIsTheOneOfBruteForceInBothDirections() {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        List<Document> all = added(owner, DOCUMENTS);
        for (String written : ORDERS) {
            DocumentOrder order = OrderFactory.create(written);
            List<Document> expected = all.stream().sorted(comparator(written)).toList();
            List<Document> forwards = new ArrayList<>();
            Keyset next = Keyset.BEGINNING;
            while (next != null) {
                Page<Document> page = page(owner, Filter.EVERYTHING, order, next, 1 + random.nextInt(4_000));
                forwards.addAll(page.items());
                next = page.next(last -> Keyset.behind(last, order));
            }
            assertSame(forwards, expected, written);
            List<Document> backwards = new ArrayList<>();
            for (Keyset previous = Keyset.END; previous != null; ) {
                Page<Document> page = page(owner, Filter.EVERYTHING, order, previous, 1 + random.nextInt(4_000));
                backwards.addAll(page.items());
                previous = page.next(first -> Keyset.before(first, order));
            }
            assertSame(backwards.reversed(), expected, written + " backwards");
        }
    }

    @Test
    void pagesOfABlockAreThose() {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        List<Document> all = added(owner, 60);
        Filter filter = new Filter.Compare(FieldPath.parse("w"), Comparison.LESS, 3L);
        for (String written : ORDERS) {
            DocumentOrder order = OrderFactory.create(written);
            List<Document> expected = all.stream()
                    .filter(filter::matches)
                    .sorted(comparator(written))
                    .toList();
            for (boolean backwards : new boolean[] {false, true}) {
                List<Document> walked = new ArrayList<>();
                for (Keyset from = backwards ? Keyset.END : Keyset.BEGINNING; from != null; ) {
                    DocumentQuery query = new DocumentQuery(filter, order, from, 7, Count.EXACT);
                    Page<Document> page = get(unitOfWork.read(() -> pages.page(owner, Scope.EVERYTHING, query)));
                    assertThat(page.count()).isEqualTo(expected.size());
                    Page<Document> same = get(lookup.page(owner, query));
                    assertThat(same.items()).isEqualTo(page.items());
                    assertThat(same.hasMore()).isEqualTo(page.hasMore());
                    walked.addAll(page.items());
                    from = page.next(last -> backwards ? Keyset.before(last, order) : Keyset.behind(last, order));
                }
                assertSame(backwards ? walked.reversed() : walked, expected, written + backwards);
            }
        }
    }

    @Test
    void whatOthersWriteMeanwhileMovesNoOtherDocument() {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        List<Document> first = added(owner, 200);
        for (String written : ORDERS.subList(0, 4)) {
            DocumentOrder order = OrderFactory.create(written);
            Set<Document> staying = new HashSet<>(first);
            List<Document> walked = new ArrayList<>();
            List<Document> extras = new ArrayList<>();
            for (Keyset from = Keyset.BEGINNING; from != null; ) {
                Page<Document> page = page(owner, Filter.EVERYTHING, order, from, 1 + random.nextInt(40));
                walked.addAll(page.items());
                from = page.next(last -> Keyset.behind(last, order));
                extras.addAll(added(owner, 5));
                Document last = page.items().getLast();
                if (extras.remove(last)) {
                    get(unitOfWork.write(() -> documents.remove(last)));
                }
            }
            assertThat(walked).as(written).doesNotHaveDuplicates().isSortedAccordingTo(comparator(written));
            staying.removeAll(walked);
            assertThat(staying).as("not shown by %s", written).isEmpty();
            get(unitOfWork.write(() -> documents.removeAll(extras)));
        }
    }

    private static void assertSame(List<Document> actual, List<Document> expected, String order) {
        assertThat(actual.stream().map(Document::id).toList())
                .as(order)
                .isEqualTo(expected.stream().map(Document::id).toList());
    }

    private Page<Document> page(Collection owner, Filter filter, DocumentOrder order, Keyset from, int limit) {
        return get(lookup.page(owner, new DocumentQuery(filter, order, from, limit, Count.NONE)));
    }

    private List<Document> added(Collection owner, int count) {
        List<Document> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(document(owner));
        }
        for (int begin = 0; begin < count; begin += BATCH) {
            List<Document> batch = all.subList(begin, Math.min(count, begin + BATCH));
            get(unitOfWork.write(() -> documents.addAll(batch)));
        }
        return all;
    }

    private Document document(Collection owner) {
        Map<String, @Nullable Object> values = new HashMap<>(metadata.next().values());
        if (random.nextInt(10) > 0) {
            values.put("v", random.nextInt(8) == 0 ? longText() : metadata.scalar());
        }
        if (random.nextInt(4) > 0) {
            values.put("w", random.nextInt(6));
        }
        if (random.nextInt(4) > 0) {
            values.put("x,.\"y", random.nextBoolean());
        }
        UUID id = samples.id();
        var created = samples.instant();
        String title = random.nextInt(5) == 0 ? null : random.nextInt(6) == 0 ? longText() : metadata.text();
        return new Document(
                new Identity(id, owner.id(), metadata.text() + id, created),
                new Body(Text.of(title, null), new Metadata(values), null),
                new Versioning(1 + random.nextInt(3), 1, new EmbeddedVersions(null, null), created, null));
    }

    /** Some are equal in their first hundred characters, which are one or two units each. */
    private String longText() {
        return (random.nextBoolean() ? "😀" : "ﾟ").repeat(99 + random.nextInt(2)) + "xyz".charAt(random.nextInt(3))
                + "x";
    }

    /** Its own words for the order that is documented. */
    private static Comparator<Document> comparator(String written) {
        List<String> parts = Arrays.asList(written.split("(?<!\\\\),"));
        Comparator<Document> all = Comparator.comparing(document -> 0);
        for (String part : parts) {
            boolean descending = part.startsWith("-");
            all = all.thenComparing(
                    document -> key(document, descending ? part.substring(1) : part), byType(descending));
        }
        Comparator<Document> byId =
                Comparator.comparing(document -> document.id().toString());
        return all.thenComparing(parts.getLast().startsWith("-") ? byId.reversed() : byId);
    }

    private static Comparator<@Nullable Object> byType(boolean descending) {
        Map<Class<?>, Integer> ranks = Map.of(BigDecimal.class, 1, byte[].class, 2, Boolean.class, 3);
        Comparator<Object> present = (a, b) -> {
            int byRank = ranks.get(a.getClass()) - ranks.get(b.getClass());
            if (byRank != 0) {
                return byRank;
            }
            return switch (a) {
                case BigDecimal number -> number.compareTo((BigDecimal) b);
                case byte[] text -> Arrays.compareUnsigned(text, (byte[]) b);
                default -> ((Boolean) a).compareTo((Boolean) b);
            };
        };
        return Comparator.nullsLast(descending ? Collections.reverseOrder(present) : present);
    }

    private static @Nullable Object key(Document document, String field) {
        if (field.startsWith("metadata.")) {
            Object value = document.metadata().values();
            for (String name : field.substring("metadata.".length()).split("(?<!\\\\)\\.")) {
                value = value instanceof Map<?, ?> map ? map.get(name.replace("\\", "")) : null;
            }
            return comparable(value);
        }
        return comparable(Map.<String, Function<Document, @Nullable Object>>of(
                        "title", Document::title,
                        "version", Document::version,
                        "key", Document::key,
                        "id", own -> own.id().toString(),
                        "createdAt", Document::createdAt,
                        "updatedAt", Document::updatedAt)
                .get(field)
                .apply(document));
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return switch (value) {
            case Number number -> new BigDecimal(number.toString());
            case String text ->
                text.codePoints()
                        .limit(100)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
            case Boolean truth -> truth;
            case java.time.Instant date ->
                new BigDecimal(date.getEpochSecond()).add(BigDecimal.valueOf(date.getNano(), 9));
            case null, default -> null;
        };
    }
}
