package dev.tandem.repository;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.MetadataIndex;
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
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.factory.collection.CollectionPatch;
import dev.tandem.factory.metadata.OrderFactory;
import dev.tandem.service.collection.CollectionService;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.MetadataSamples;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Lists that are read from declared indexes, against the same lists that are sorted. {@link DocumentSortComponentTest} holds those against an order that is
 * written without PostgreSQL.
 */
@QuarkusTest
class DeclaredIndexComponentTest {

    private static final int DOCUMENTS = 900;

    /** As clients write them. */
    private static final List<String> PATHS = List.of("v", "w", "a", "a.b", "list", "x,\\.\"y");

    private static final List<Filter> FILTERS = List.of(
            Filter.EVERYTHING,
            new Filter.Equal(FieldPath.parse("w"), 3L),
            new Filter.And(List.of(
                    new Filter.In(FieldPath.parse("w"), Arrays.asList(1L, 2L, null)),
                    new Filter.Equal(FieldPath.parse("list"), "b"))),
            new Filter.Compare(FieldPath.parse("w"), Comparison.LESS, 3L));

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    DocumentRepository documents;

    @Inject
    DocumentPages pages;

    @Inject
    PageLookup lookup;

    @Inject
    MetadataIndexRepository indexes;

    @Inject
    CollectionService collections;

    @Inject
    World world;

    private Random random = new Random();
    private DocumentSamples samples = new DocumentSamples(random);
    private MetadataSamples metadata = new MetadataSamples(random);

    /** The tests share a database, so each has documents of its own. */
    @BeforeEach
    void samplesOfTheTest(TestInfo test) {
        random = new Random(31 + test.getDisplayName().hashCode());
        samples = new DocumentSamples(random);
        metadata = new MetadataSamples(random);
    }

    @Thorough
    @Test
    void aListIsTheSameFromAnIndex() throws SQLException {
        Collection sorting = world.collection(CollectionSamples.ownVectors(2));
        List<Document> all = new ArrayList<>(added(sorting, DOCUMENTS / 3));
        Keyset before = Keyset.behind(all.get(17), order("v", true));
        Collection walking = declared(sorting, PATHS);
        all.addAll(added(walking, DOCUMENTS / 3));
        ready(walking);
        all.addAll(added(walking, DOCUMENTS / 3));
        List<Document> gone = all.subList(DOCUMENTS / 3 - 20, DOCUMENTS / 3 + 20);
        expire(gone);
        for (String path : PATHS) {
            for (boolean descending : new boolean[] {false, true}) {
                for (Filter filter : FILTERS) {
                    long expected = all.stream()
                            .filter(document -> !gone.contains(document))
                            .filter(filter::matches)
                            .count();
                    DocumentOrder order = order(path, descending);
                    assertThat(walked(sorting, walking, filter, order, false)).isEqualTo(expected);
                    assertThat(walked(sorting, walking, filter, order, true)).isEqualTo(expected);
                }
            }
        }
        DocumentQuery later = new DocumentQuery(Filter.EVERYTHING, order("v", true), before, 100, Count.NONE);
        assertThat(get(lookup.page(walking, later))).isEqualTo(get(lookup.page(sorting, later)));
        world.delete(walking);
    }

    /** Reads a whole list in pages of any size, each both ways, and goes on from the cursor of either. Returns how many documents it has. */
    private long walked(Collection sorting, Collection walking, Filter filter, DocumentOrder order, boolean backwards) {
        long count = 0;
        for (Keyset from = backwards ? Keyset.END : Keyset.BEGINNING; from != null; ) {
            DocumentQuery query = new DocumentQuery(filter, order, from, 1 + random.nextInt(300), Count.NONE);
            Page<Document> sorted = get(lookup.page(sorting, query));
            Page<Document> page = random.nextBoolean()
                    ? get(lookup.page(walking, query))
                    : get(unitOfWork.read(() -> pages.page(walking, Scope.EVERYTHING, query)));
            assertThat(page.items().stream().map(Document::id).toList())
                    .as("%s %s %s", order, filter, backwards)
                    .isEqualTo(sorted.items().stream().map(Document::id).toList());
            assertThat(page.hasMore()).isEqualTo(sorted.hasMore());
            count += page.items().size();
            from = page.next(last -> backwards ? Keyset.before(last, order) : Keyset.behind(last, order));
        }
        return count;
    }

    /** Only those lists use an index that PostgreSQL reads from it well; seen by what is missing when the values are. */
    @Test
    void whichListsUseAnIndex() throws SQLException {
        Collection owner = declared(world.collection(CollectionSamples.ownVectors(2)), List.of("w", "v"));
        ready(owner);
        added(owner, 40);
        Database.execute(
                "delete from metadata_value using document where document.id = document_id and collection_id = ?",
                owner.id());
        Filter equal = FILTERS.get(1);
        assertThat(count(owner, "metadata.w", Filter.EVERYTHING)).isZero();
        assertThat(count(owner, "-metadata.w", equal)).isZero();
        assertThat(count(owner, "metadata.w,metadata.v", Filter.EVERYTHING)).isEqualTo(40);
        assertThat(count(owner, "metadata.u", Filter.EVERYTHING)).isEqualTo(40);
        assertThat(count(owner, "metadata.w", FILTERS.get(3))).isPositive();
        assertThat(count(owner, "metadata.w", new Filter.Or(List.of(equal)))).isPositive();
        Database.execute("update metadata_index set ready = false where collection_id = ?", owner.id());
        assertThat(count(owner, "metadata.w", Filter.EVERYTHING)).isEqualTo(40);
        world.delete(owner);
    }

    private int count(Collection owner, String order, Filter filter) {
        DocumentQuery query = new DocumentQuery(filter, OrderFactory.create(order), Keyset.BEGINNING, 100, Count.NONE);
        Page<Document> page = get(lookup.page(owner, query));
        assertThat(get(unitOfWork.read(() -> pages.page(owner, Scope.EVERYTHING, query)))
                        .items())
                .isEqualTo(page.items());
        return page.items().size();
    }

    /** A request that has found the index just before is right for some minutes more. Then its values go, and at last itself. */
    @Test
    void aDroppedIndexGoesLater() throws SQLException {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        added(owner, 10);
        ready(declared(owner, List.of("w")));
        long former = number("select number from metadata_index where collection_id = ?", owner);
        declared(owner, List.of());
        added(owner, 5);
        assertThat(get(indexes(owner))).isEmpty();
        get(unitOfWork.write(() -> indexes.sweep(100)));
        assertThat(Database.number("select count(*) from metadata_value where index_number = ?", former))
                .isEqualTo(15);
        ready(declared(owner, List.of("w")));
        Database.execute(
                "update metadata_index set dropped_at = now() - interval '11 minutes' where number = ?", former);
        added(owner, 5);
        Set<Integer> swept =
                Set.of(get(unitOfWork.write(() -> indexes.sweep(9))), get(unitOfWork.write(() -> indexes.sweep(9))));
        assertThat(swept).isEqualTo(Set.of(9, 6));
        get(unitOfWork.write(() -> indexes.sweep(9)));
        assertThat(number("select count(*) from metadata_index where collection_id = ?", owner))
                .isEqualTo(2);
        Database.execute(
                "update metadata_index set dropped_at = now() - interval '61 minutes' where number = ?", former);
        get(unitOfWork.write(() -> indexes.sweep(9)));
        assertThat(number("select count(*) from metadata_index where collection_id = ?", owner))
                .isEqualTo(1);
        assertThat(number(
                        "select count(*) from metadata_value join metadata_index on metadata_index.number = index_number where collection_id = ?",
                        owner))
                .isEqualTo(20);
        world.delete(owner);
        assertThat(number("select count(*) from metadata_index where collection_id = ?", owner))
                .isZero();
    }

    private static long number(String sql, Collection owner) throws SQLException {
        return Database.number(sql, owner.id());
    }

    private static DocumentOrder order(String path, boolean descending) {
        return DocumentOrder.by(FieldPath.parse(path), descending);
    }

    private Collection declared(Collection owner, List<String> paths) {
        return get(collections.patch(owner.name(), new CollectionPatch(Map.of("indexes", paths)), Precondition.NONE));
    }

    private void ready(Collection owner) {
        await().atMost(PATIENCE).until(() -> get(indexes(owner)).stream().allMatch(MetadataIndex::isReady));
    }

    private Uni<List<MetadataIndex>> indexes(Collection owner) {
        return unitOfWork.read(() -> indexes.of(owner.id()));
    }

    private static void expire(List<Document> gone) throws SQLException {
        String keys = gone.stream().map(Document::key).collect(Collectors.joining("\n"));
        Database.execute(
                "update document set expires_at = now() - interval '1 second' where key = any(string_to_array(?, chr(10)))",
                keys);
    }

    private List<Document> added(Collection owner, int count) {
        List<Document> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(document(owner));
        }
        get(unitOfWork.write(() -> documents.addAll(all)));
        return all;
    }

    private Document document(Collection owner) {
        Map<String, @Nullable Object> values = new HashMap<>(metadata.next().values());
        if (random.nextInt(10) > 0) {
            values.put("v", random.nextInt(8) == 0 ? "😀".repeat(99 + random.nextInt(3)) : metadata.scalar());
        }
        if (random.nextInt(4) > 0) {
            values.put("w", random.nextInt(6) == 0 ? null : (Object) (long) random.nextInt(6));
        }
        if (random.nextBoolean()) {
            values.put("list", random.nextBoolean() ? List.of("b", 1L) : "b");
        }
        if (random.nextInt(4) > 0) {
            values.put("x,.\"y", random.nextBoolean());
        }
        UUID id = samples.id();
        var created = samples.instant();
        return new Document(
                new Identity(id, owner.id(), id.toString(), created),
                new Body(Text.of("t", null), new Metadata(values), null),
                new Versioning(1, 1, new EmbeddedVersions(null, null), created, null));
    }
}
