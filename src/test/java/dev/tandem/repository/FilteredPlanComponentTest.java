package dev.tandem.repository;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.database.session.UnitOfWork;
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
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How PostgreSQL finds the documents of a filtered page, when each connection has prepared the statement and run it many times. */
@QuarkusTest
class FilteredPlanComponentTest {

    private static final int DOCUMENTS = 1_000;
    private static final int GROUPS = 20;
    /** PostgreSQL decides after five runs on a connection whether it goes on with one plan for all values. There are fewer connections than 50. */
    private static final int PAGES = 500;

    private static final String LOOKED_UP =
            "select idx_scan from pg_stat_user_indexes where indexrelname = 'ix_document_metadata'";

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    DocumentRepository documents;

    @Inject
    PageLookup lookup;

    @Inject
    World world;

    private final DocumentSamples samples = new DocumentSamples(new Random(7));

    @Test
    void theFilterIsLookedUpInItsIndexEachTime() throws SQLException {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        get(unitOfWork.write(() -> documents.addAll(IntStream.range(0, DOCUMENTS)
                .mapToObj(number -> document(owner, number % GROUPS))
                .toList())));
        Database.execute("vacuum analyze document");
        long before = Database.number(LOOKED_UP);

        DocumentQuery query = new DocumentQuery(
                new Filter.Equal(FieldPath.parse("group"), 3L),
                DocumentOrder.OLDEST_FIRST,
                Keyset.BEGINNING,
                DOCUMENTS / GROUPS,
                Count.NONE);
        for (int page = 0; page < PAGES; page++) {
            assertThat(get(lookup.page(owner, query)).items()).hasSize(DOCUMENTS / GROUPS);
        }

        await().atMost(PATIENCE).until(() -> Database.number(LOOKED_UP) - before >= PAGES);
        world.delete(owner);
    }

    private Document document(Collection owner, int group) {
        UUID id = samples.id();
        var created = samples.instant();
        return new Document(
                new Identity(id, owner.id(), id.toString(), created),
                new Body(Text.of("t", "Leaves of tea. ".repeat(10)), new Metadata(Map.of("group", (long) group)), null),
                new Versioning(1, 1, new EmbeddedVersions(null, null), created, null));
    }
}
