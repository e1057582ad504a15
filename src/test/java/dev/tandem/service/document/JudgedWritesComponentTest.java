package dev.tandem.service.document;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.CollectionSettings;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.EmbeddingState;
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.factory.collection.CollectionPatch;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.DocumentFactory;
import dev.tandem.factory.document.DocumentPatch;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.RevisionRepository;
import dev.tandem.service.RowsChanged;
import dev.tandem.service.collection.CollectionService;
import dev.tandem.service.document.JudgedWrites.Proposal;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens while a draft is checked. */
@QuarkusTest
class JudgedWritesComponentTest {

    private static final Map<String, Object> YEARS =
            Map.of("properties", Map.of("year", Map.of("type", "integer", "maximum", 3000)));

    @Inject
    World world;

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    CollectionRepository collections;

    @Inject
    DocumentRepository documents;

    @Inject
    RevisionRepository revisions;

    @Inject
    DocumentWriter writer;

    @Inject
    DocumentFactory factory;

    @Inject
    ExpiredDocuments expired;

    @Inject
    Event<RowsChanged> rowsChanged;

    @Inject
    CollectionService collectionService;

    @Inject
    DocumentService others;

    @ConfigProperty(name = "tandem.database.pool-size")
    int connections;

    private final List<JudgingThreads> threads = new ArrayList<>();

    /** Threads on which something else runs first. */
    private static final class Held extends JudgingThreads {

        private final IntFunction<Uni<?>> meanwhile;
        private final AtomicInteger judged = new AtomicInteger();

        Held(IntFunction<Uni<?>> meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public <T> Uni<T> judgeDocument(Callable<T> work) {
            return Uni.createFrom()
                    .deferred(() -> meanwhile.apply(judged.incrementAndGet()))
                    .chain(() -> super.judgeDocument(work));
        }
    }

    @AfterEach
    void close() {
        threads.forEach(JudgingThreads::close);
    }

    /** More drafts are checked than there are connections, and other clients still write. */
    @Test
    void noConnectionIsHeld() throws InterruptedException {
        Collection owner = world.collection(withSchema());
        int many = connections + 5;
        CountDownLatch begun = new CountDownLatch(many);
        CompletableFuture<Void> gate = new CompletableFuture<>();
        DocumentService slow = service(new Held(time -> {
            begun.countDown();
            return Uni.createFrom().completionStage(gate);
        }));
        List<CompletionStage<Written>> writes = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            writes.add(slow.put(owner.name(), "slow" + i, year(i), Precondition.NONE)
                    .subscribeAsCompletionStage());
        }
        assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(world.put(owner, "quick", year(1)).version()).isEqualTo(1);
        gate.complete(null);
        for (CompletionStage<Written> write : writes) {
            assertThat(get(Uni.createFrom().completionStage(write)).created()).isTrue();
        }
        world.delete(owner);
    }

    @Test
    void patchesOfDifferentFieldsBothTakeEffect() {
        Collection owner = world.collection(withSchema());
        world.put(owner, "tea", year(2024));
        Held held = new Held(time -> time == 1
                ? patch(others, owner, Map.of("title", "Tea"))
                : Uni.createFrom().voidItem());
        Document patched = get(patch(service(held), owner, Map.of("metadata", Map.of("drink", true))))
                .document();
        assertThat(patched.title()).isEqualTo("Tea");
        assertThat(patched.metadata().values()).isEqualTo(Map.of("year", 2024L, "drink", true));
        assertThat(patched.version()).isEqualTo(3);
        assertThat(held.judged).hasValue(2);
        world.delete(owner);
    }

    /** In the end the draft is checked with the document locked, so no other write can come in between. */
    @Test
    void whatIsOvertakenAgainAndAgainIsWrittenAllTheSame() {
        Collection owner = world.collection(withSchema());
        world.put(owner, "tea", year(2024));
        Held held = new Held(time -> time <= JudgedWrites.TRIES
                ? patch(others, owner, Map.of("metadata", Map.of("year", time)))
                : Uni.createFrom().voidItem());
        Document patched =
                get(patch(service(held), owner, Map.of("title", "Tea"))).document();
        assertThat(patched.title()).isEqualTo("Tea");
        assertThat(patched.metadata().values()).isEqualTo(Map.of("year", (long) JudgedWrites.TRIES));
        assertThat(patched.version()).isEqualTo(JudgedWrites.TRIES + 2);
        assertThat(held.judged).hasValue(JudgedWrites.TRIES + 1);
        world.delete(owner);
    }

    /** Otherwise many who patch one document would wait for its lock again and again. */
    @Test
    void aQuickCheckThatIsOvertakenIsMadeAgainWhileTheDocumentIsLocked() {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        world.put(owner, "tea", year(2024));
        AtomicInteger looks = new AtomicInteger();
        JudgingThreads own = new JudgingThreads();
        threads.add(own);
        JudgedWrites judged = new JudgedWrites(unitOfWork, documents, factory, own, expired);
        Written written = get(judged.replacing(
                sight -> sight.of(owner.id(), "tea")
                        .call(found -> looks.incrementAndGet() == 1
                                ? patch(others, owner, Map.of("metadata", Map.of("drink", true)))
                                : Uni.createFrom().voidItem())
                        .map(found ->
                                Proposal.of(owner, found, new DocumentPatch(Map.of("title", "Tea")).apply(found))),
                (proposal, wanted) ->
                        Uni.createFrom().item(new Written(wanted.document(), false, EmbeddingState.NONE, 1))));
        assertThat(looks).hasValue(2);
        assertThat(written.document().title()).isEqualTo("Tea");
        assertThat(written.document().metadata().values()).isEqualTo(Map.of("year", 2024L, "drink", true));
        world.delete(owner);
    }

    @Test
    void aPutIsJudgedByTheSchemaThatThereIsWhenItIsWritten() {
        Collection owner = world.collection(withSchema());
        Held held = new Held(time -> time == 1
                ? collectionService.patch(owner.name(), maximum(2000), Precondition.NONE)
                : Uni.createFrom().voidItem());
        DocumentService slow = service(held);
        assertThatThrownBy(() -> get(slow.put(owner.name(), "tea", year(2024), Precondition.NONE)))
                .isInstanceOfSatisfying(Refusal.Rejected.class, refusal -> assertThat(refusal.violations())
                        .extracting(Violation::pointer, Violation::code)
                        .containsExactly(tuple("/metadata/year", "metadata.schema")));
        assertThat(held.judged).hasValue(2);
        assertThat(get(slow.put(owner.name(), "tea", year(1999), Precondition.NONE))
                        .created())
                .isTrue();
        assertThat(held.judged).hasValue(3);
        world.delete(owner);
    }

    @Test
    void aPatchRestsOnTheVersionThatItsCallerNamed() {
        Collection owner = world.collection(withSchema());
        world.put(owner, "tea", year(2024));
        DocumentService slow = service(new Held(time -> patch(others, owner, Map.of("title", "Tea"))));
        Precondition first = new Precondition(version -> version == 1, true, false);
        assertThatThrownBy(() ->
                        get(slow.patch(owner.name(), "tea", new DocumentPatch(Map.of("title", "Mine")), first, null)))
                .isInstanceOfSatisfying(Refusal.Stale.class, refusal -> assertThat(refusal.currentVersion())
                        .isEqualTo(2));
        world.delete(owner);
    }

    /** A valid draft may break a schema that was set in the meantime. */
    @Test
    void aRestoredDocumentIsJudgedLikeAnyOther() {
        Collection owner = world.collection(withSchema());
        world.put(owner, "tea", year(2024));
        world.put(owner, "tea", year(1999));
        Held held = new Held(time -> time == 1
                ? collectionService.patch(owner.name(), maximum(2000), Precondition.NONE)
                : Uni.createFrom().voidItem());
        assertThatThrownBy(() -> get(service(held).restore(owner.name(), "tea", 1, Precondition.NONE, null)))
                .isInstanceOf(Refusal.Rejected.class);
        world.delete(owner);
    }

    private DocumentService service(JudgingThreads held) {
        threads.add(held);
        JudgedWrites judged = new JudgedWrites(unitOfWork, documents, factory, held, expired);
        return new DocumentService(unitOfWork, collections, documents, revisions, writer, judged, rowsChanged);
    }

    private static Uni<Written> patch(
            DocumentService service, Collection owner, Map<String, @Nullable Object> members) {
        return service.patch(owner.name(), "tea", new DocumentPatch(members), Precondition.NONE, null);
    }

    private static CollectionPatch maximum(int year) {
        return new CollectionPatch(Map.of(
                "metadataSchema", Map.of("properties", Map.of("year", Map.of("type", "integer", "maximum", year)))));
    }

    private static DocumentDraft year(int year) {
        return new DocumentDraft(null, null, "everywhere", Map.of("year", year), null);
    }

    private static CollectionSettings withSchema() {
        CollectionSettings own = CollectionSamples.ownVectors(2);
        return new CollectionSettings(
                own.embedding(),
                own.chunking(),
                own.language(),
                YEARS,
                own.requireIfMatch(),
                own.history(),
                own.index());
    }
}
