package dev.tandem.sync;

import static dev.tandem.testing.Waiting.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.collection.Collection;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.Jobs;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SweeperComponentTest {

    private static final String HASH = "0".repeat(64);

    @Inject
    RowSweeps rows;

    @Inject
    SyncConfig config;

    @Inject
    Vertx vertx;

    @Inject
    Jobs jobs;

    @Inject
    World world;

    private Collection owner;

    @BeforeEach
    void addCollection() {
        owner = world.collection(CollectionSamples.ownVectors(2));
    }

    @AfterEach
    void removeCollection() throws SQLException {
        Database.execute("drop function if exists refuse() cascade");
        Database.execute("delete from idempotency_key where hash = ?", HASH);
        world.delete(owner);
    }

    @Test
    void whatCanNotBeForgottenKeepsNothingElse() throws SQLException {
        UUID job = jobs.ended(jobs.probe(owner, 1)).id();
        Database.execute("insert into import_page (job_id, ordinal, lines) values (?, 1, '')", job);
        Database.execute("""
                create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$
                """);
        Database.execute("""
                create trigger refuse before delete on idempotency_key for each row execute function refuse()
                """);
        Database.execute("""
                insert into idempotency_key (hash, fingerprint, token, lease_until, expires_at)
                values (?, '', gen_random_uuid(), now(), now() - interval '1 hour')
                """, HASH);
        Database.execute("""
                insert into hit_list (id, collection_id, fingerprint, vector_set, sequence, exact, cut, hits, expires_at)
                values (gen_random_uuid(), ?, '', 0, 1, false, false, '', now() - interval '1 hour')
                """, owner.id());
        Sweeper sweeper = new Sweeper(rows, config, vertx);
        sweeper.start();
        await().atMost(PATIENCE)
                .until(() -> Database.number("select count(*) from import_page where job_id = ?", job) == 0);
        await().atMost(PATIENCE)
                .until(() -> Database.number("select count(*) from hit_list where collection_id = ?", owner.id()) == 0);
        sweeper.stop();
        assertThat(Database.number("select count(*) from idempotency_key where hash = ?", HASH))
                .isEqualTo(1);
    }
}
