package dev.tandem.repository;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.variety.Grouping;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Groups that PostgreSQL reads, against a choice that is made here by what filters call equal. */
@QuarkusTest
class HitGroupsComponentTest {

    private static final int DOCUMENTS = 2_000;

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    DocumentRepository documents;

    @Inject
    HitGroups groups;

    @Inject
    World world;

    private final Random random = new Random(22);

    @Test
    void theFirstOfEachGroupAreThoseOfBruteForce() {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        Map<UUID, Document> rows = added(owner);
        List<Ranking> rankings = new ArrayList<>(rows.keySet().stream()
                .map(id -> new Ranking(id, 1, null, null, null, null))
                .toList());
        // Some are gone.
        for (int i = 0; i < 100; i++) {
            rankings.add(new Ranking(new UUID(random.nextLong(), 1), 1, null, null, null, null));
        }
        Collections.shuffle(rankings, random);
        for (String path :
                List.of("a", "b", "c", "a.b", "b.c.a", "a\\.b", "quo\"te", "back\\\\slash", "\\$x", "日本", "zz")) {
            Grouping grouping = new Grouping(FieldPath.parse(path), false, 1 + random.nextInt(3));
            for (Filter filter : List.of(
                    Filter.EVERYTHING, new Filter.Exists(grouping.field()), new Filter.Exists(FieldPath.parse("b")))) {
                for (int limit : new int[] {1, 30, 300}) {
                    List<Ranking> first = get(
                            unitOfWork.readOneState(() -> groups.first(owner.id(), rankings, filter, grouping, limit)));
                    assertThat(first)
                            .as("%s, %s, %s", grouping, filter, limit)
                            .isEqualTo(expected(rankings, rows, filter, grouping, limit));
                }
            }
        }
        world.delete(owner);
    }

    private Map<UUID, Document> added(Collection owner) {
        DocumentSamples samples = new DocumentSamples(random);
        List<Document> all = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            all.add(samples.next(owner.id()));
        }
        get(unitOfWork.write(() -> documents.addAll(all)));
        return all.stream().collect(Collectors.toMap(Document::id, Function.identity()));
    }

    private static List<Ranking> expected(
            List<Ranking> rankings, Map<UUID, Document> rows, Filter filter, Grouping grouping, int limit) {
        List<Ranking> expected = new ArrayList<>();
        for (Ranking ranking : rankings) {
            Document row = rows.get(ranking.documentId());
            boolean fits = row != null
                    && filter.matches(row)
                    && grouping.field().scalars(row).stream()
                            .allMatch(value -> alike(expected, rows, grouping.field(), value) < grouping.size());
            if (fits && expected.size() < limit) {
                expected.add(ranking);
            }
        }
        return expected;
    }

    private static long alike(List<Ranking> taken, Map<UUID, Document> rows, FieldPath field, @Nullable Object value) {
        Filter equal = new Filter.Equal(field, value);
        return taken.stream()
                .filter(ranking -> equal.matches(rows.get(ranking.documentId())))
                .count();
    }
}
