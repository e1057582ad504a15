package dev.tandem.repository;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.World;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CollectionRepositoryComponentTest {

    /** More than PostgreSQL plans anew. */
    private static final int FEW = 20;

    private static final int MORE_THAN_TWO_PAGES = 2_500;

    private static final String DOCUMENTS = """
            insert into document (id, collection_id, key, metadata, content_hash, version, text_version, created_at, updated_at, title)
            select gen_random_uuid(), ?, cast(number as text), '{}', '', 1, 1, now(), now(), 'title'
            from generate_series(1, ?) as number
            """;
    private static final String REVISIONS = """
            insert into revision (document_id, version, collection_id, key, content_hash, metadata, created_at, updated_at, ending, ended_at)
            select gen_random_uuid(), 1, ?, cast(number as text), '', '{}', now(), now(), 'DELETED', now()
            from generate_series(1, ?) as number
            """;

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    CollectionRepository collections;

    @Inject
    World world;

    /** No statement may take as long as a large collection does. */
    @Test
    void aLargeCollectionGoesPageByPageAndWholly() throws SQLException {
        Collection removed = world.collection(CollectionSamples.ownVectors(2));
        Collection kept = world.collection(CollectionSamples.ownVectors(2));
        for (Collection collection : new Collection[] {removed, kept}) {
            Database.execute(DOCUMENTS, collection.id(), MORE_THAN_TWO_PAGES);
            Database.execute(REVISIONS, collection.id(), MORE_THAN_TWO_PAGES);
        }
        get(unitOfWork.write(() -> collections.lock(removed.name()).chain(collections::remove)));
        assertThat(rows(removed)).isZero();
        assertThat(rows(kept)).isEqualTo(1 + 2 * MORE_THAN_TWO_PAGES);
        get(unitOfWork.write(() -> collections.lock(kept.name()).chain(collections::remove)));
    }

    /** PostgreSQL keeps the plans of what it does for each deleted row: here they are from a time when indexes seemed not worth it. */
    @Test
    void chunksAreNotLookedForInTheWholeTable() throws SQLException {
        Collection used = world.collection(CollectionSamples.ownVectors(2));
        Collection removed = world.collection(CollectionSamples.ownVectors(2));
        Database.execute(DOCUMENTS, used.id(), FEW);
        Database.execute(DOCUMENTS, removed.id(), FEW);
        long scans = get(unitOfWork.write(() -> sql("set local enable_indexscan = off")
                .chain(() -> sql("set local enable_bitmapscan = off"))
                .chain(() -> sql("delete from document where collection_id = '" + used.id() + "'"))
                .chain(() -> sql("set local enable_indexscan = on"))
                .chain(() -> sql("set local enable_seqscan = off"))
                .chain(CollectionRepositoryComponentTest::scansOfChunks)
                .chain(before -> collections
                        .lock(removed.name())
                        .chain(collections::remove)
                        .chain(CollectionRepositoryComponentTest::scansOfChunks)
                        .map(after -> after - before))));
        assertThat(scans).isZero();
        get(unitOfWork.write(() -> collections.lock(used.name()).chain(collections::remove)));
    }

    private static Uni<Integer> sql(String statement) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(statement).executeUpdate());
    }

    /** How often this transaction has read the whole table of chunks. */
    private static Uni<Long> scansOfChunks() {
        return Panache.getSession().chain(session -> session.createNativeQuery(
                        "select seq_scan from pg_stat_xact_user_tables where relname = 'chunk'", Long.class)
                .getSingleResult());
    }

    private static long rows(Collection collection) throws SQLException {
        return Database.number("select count(*) from collection where id = ?", collection.id())
                + Database.number("select count(*) from document where collection_id = ?", collection.id())
                + Database.number("select count(*) from revision where collection_id = ?", collection.id());
    }
}
