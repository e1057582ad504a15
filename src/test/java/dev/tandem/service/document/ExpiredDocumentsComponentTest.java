package dev.tandem.service.document;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents whose time is over are deleted, unless somebody gives them more time first. */
@QuarkusTest
class ExpiredDocumentsComponentTest {

    private static final String EXPIRE = "update document set expires_at = now() - interval '1 second' where id = ?";

    @Inject
    World world;

    @Inject
    ExpiredDocuments expired;

    @Inject
    DocumentService documents;

    private Collection owner;

    @BeforeEach
    void addCollection() {
        owner = world.collection(CollectionSamples.fakeModel());
    }

    @AfterEach
    void removeCollection() {
        world.delete(owner);
    }

    @Test
    void aSweepDoesWhatADeletionDoes() throws SQLException {
        Document tea = world.put(owner, "tea", "everywhere tea");
        world.put(owner, "rice", "everywhere rice");
        world.settle(owner);
        Database.execute(EXPIRE, tea.id());
        get(expired.sweep());
        assertThat(Database.column("select key from document where collection_id = ?", owner.id()))
                .containsExactly("rice");
        assertThat(Database.column("select ending from revision where document_id = ?", tea.id()))
                .containsExactly("EXPIRED");
        assertThat(Database.column("select kind from change where document_id = ? order by seq desc limit 1", tea.id()))
                .containsExactly("DELETED");
        await().atMost(PATIENCE).untilAsserted(() -> world.assertInStep(owner, "everywhere"));
    }

    @Test
    void aTaskThatWaitsGoesToo() throws SQLException {
        Document tea = world.put(owner, "tea", "everywhere tea");
        Database.execute(EXPIRE, tea.id());
        get(expired.sweep());
        assertThat(Database.number("select count(*) from embedding_task where document_id = ?", tea.id()))
                .isZero();
    }

    @Test
    void aBacklogIsSweptInPortionsOfManyCollections() throws SQLException {
        Collection other = world.collection(CollectionSamples.ownVectors(2));
        for (Collection one : new Collection[] {owner, other}) {
            Database.execute("""
                    insert into document (id, collection_id, key, title, metadata, content_hash, version, text_version, created_at, updated_at,
                                          expires_at)
                    select gen_random_uuid(), ?, 'k' || n, 'title', cast('{}' as jsonb), '', 1, 1, now(), now(),
                           now() + make_interval(secs => case when n <= 400 then -n else 1000 end)
                    from generate_series(1, 410) as n
                    """, one.id());
        }
        get(expired.sweep());
        for (Collection one : new Collection[] {owner, other}) {
            assertThat(world.stats(one).documents()).isEqualTo(10);
            assertThat(Database.number("select count(*) from document where collection_id = ?", one.id()))
                    .isEqualTo(10);
            assertThat(Database.number("select count(*) from revision where collection_id = ?", one.id()))
                    .isEqualTo(400);
        }
        world.delete(other);
    }

    /** A write has locked the row and gives the document more time: the sweep passes it by, and does not wait. */
    @Test
    void moreTimeThatIsBeingGivenCounts() throws SQLException {
        Document tea = world.put(owner, "tea", "everywhere tea");
        Database.execute(EXPIRE, tea.id());
        try (Connection writer = Database.connect()) {
            writer.setAutoCommit(false);
            Database.execute(
                    writer, "update document set expires_at = now() + interval '1 hour' where id = ?", tea.id());
            get(expired.sweep());
            writer.commit();
        }
        get(expired.sweep());
        assertThat(Database.number("select count(*) from document where id = ?", tea.id()))
                .isEqualTo(1);
    }

    /** A write that wants the key waits for the other one, and then looks again. */
    @Test
    void aKeyIsTakenFromNobodyWhoGetsMoreTime() throws Exception {
        Document tea = world.put(owner, "tea", "everywhere tea");
        Database.execute(EXPIRE, tea.id());
        CompletableFuture<Written> created;
        try (Connection writer = Database.connect()) {
            writer.setAutoCommit(false);
            Database.execute(writer, "update document set expires_at = null where id = ?", tea.id());
            created = documents
                    .create(owner.name(), new DocumentDraft("tea", null, "everywhere new", null, null))
                    .subscribeAsCompletionStage();
            await().atMost(PATIENCE)
                    .until(() -> Database.number("select count(*) from pg_locks where not granted") > 0);
            writer.commit();
        }
        assertThatThrownBy(created::get).hasCauseInstanceOf(Refusal.Conflict.class);
        assertThat(get(documents.delete(owner.name(), "tea", Precondition.NONE, null))
                        .document()
                        .id())
                .isEqualTo(tea.id());
    }

    @Test
    void manyWhoWantTheKeyGetItOnce() throws Exception {
        Document tea = world.put(owner, "tea", "everywhere tea");
        Database.execute(EXPIRE, tea.id());
        CompletableFuture<?>[] creations = new CompletableFuture<?>[8];
        int created = 0;
        for (int i = 0; i < creations.length; i++) {
            creations[i] = documents
                    .create(owner.name(), new DocumentDraft("tea", null, "everywhere " + i, null, null))
                    .subscribeAsCompletionStage();
        }
        for (CompletableFuture<?> creation : creations) {
            created +=
                    creation.handle((done, failure) -> failure == null ? 1 : 0).get();
        }
        assertThat(created).isEqualTo(1);
        assertThat(Database.number("select count(*) from revision where document_id = ?", tea.id()))
                .isEqualTo(1);
    }
}
