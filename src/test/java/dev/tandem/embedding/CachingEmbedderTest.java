package dev.tandem.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.testing.FakeEmbedder;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CachingEmbedderTest {

    private final FakeEmbedder fake = new FakeEmbedder();
    private final Embedder embedder = new CachingEmbedder(fake, 2);

    @Test
    void embedsARecentQueryOnce() {
        Vector first = query("apple");

        assertThat(query("apple")).isEqualTo(first).isEqualTo(FakeEmbedder.vectorOf("apple"));
        assertThat(fake.queries()).containsExactly("apple");
    }

    @Test
    void tellsQueriesApart() {
        assertThat(query("apple")).isNotEqualTo(query("pear"));
    }

    @Test
    void forgetsTheQueryThatWasUsedLongestAgo() {
        query("apple");
        query("pear");
        query("apple");
        query("plum");
        query("apple");
        query("pear");

        assertThat(fake.queries()).containsExactly("apple", "pear", "plum", "pear");
    }

    @Test
    void doesNotRememberAFailure() {
        fake.down(true);
        assertThatThrownBy(() -> query("apple")).isInstanceOf(Refusal.Unavailable.class);
        fake.down(false);

        assertThat(query("apple")).isEqualTo(FakeEmbedder.vectorOf("apple"));
    }

    @Test
    void embedsEqualQueriesOfTheSameTimeOnce() {
        fake.hold();
        List<CompletableFuture<Vector>> waiting = IntStream.range(0, 5)
                .mapToObj(i -> embedder.embedQuery("apple").subscribeAsCompletionStage())
                .toList();
        fake.release();

        assertThat(waiting).allSatisfy(vector -> assertThat(vector.join()).isEqualTo(FakeEmbedder.vectorOf("apple")));
        assertThat(fake.queries()).containsExactly("apple");
    }

    @Test
    void whoGivesUpWaitingTakesNothingFromTheOthers() {
        fake.hold();
        Cancellable first = embedder.embedQuery("apple").subscribe().with(ignored -> {});
        CompletableFuture<Vector> second = embedder.embedQuery("apple").subscribeAsCompletionStage();
        Cancellable third = embedder.embedQuery("apple").subscribe().with(ignored -> {});
        first.cancel();
        third.cancel();
        fake.release();

        assertThat(second.join()).isEqualTo(FakeEmbedder.vectorOf("apple"));
        assertThat(query("apple")).isEqualTo(second.join());
        assertThat(fake.queries()).containsExactly("apple");
    }

    @Test
    void answersAFailureToAllThatWaitAndThenAsksAgain() {
        fake.hold();
        List<CompletableFuture<Vector>> waiting = IntStream.range(0, 2)
                .mapToObj(i -> embedder.embedQuery("apple").subscribeAsCompletionStage())
                .toList();
        fake.down(true);
        fake.release();

        assertThat(waiting)
                .allSatisfy(vector -> assertThatThrownBy(vector::join).hasCauseInstanceOf(Refusal.Unavailable.class));
        fake.down(false);
        assertThat(query("apple")).isEqualTo(FakeEmbedder.vectorOf("apple"));
    }

    @Test
    void doesNotRememberAFailureThatNobodyWaitedFor() {
        fake.hold();
        Cancellable only = embedder.embedQuery("apple").subscribe().with(ignored -> {});
        only.cancel();
        fake.down(true);
        fake.release();
        fake.down(false);

        assertThat(query("apple")).isEqualTo(FakeEmbedder.vectorOf("apple"));
    }

    @Test
    void answersEachOnItsOwnContext() {
        VertxInternal vertx = (VertxInternal) Vertx.vertx();
        try {
            fake.hold();
            List<Context> contexts = List.of(vertx.createEventLoopContext(), vertx.createEventLoopContext());
            List<CompletableFuture<Context>> answered =
                    contexts.stream().map(this::contextOfAnswer).toList();
            fake.release();

            assertThat(answered).extracting(CompletableFuture::join).isEqualTo(contexts);
            assertThat(fake.queries()).containsExactly("apple");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void keepsNothingWhenToldTo() {
        Embedder forgetful = new CachingEmbedder(fake, 0);

        forgetful.embedQuery("apple").await().indefinitely();
        forgetful.embedQuery("apple").await().indefinitely();

        assertThat(fake.queries()).hasSize(2);
    }

    private CompletableFuture<Context> contextOfAnswer(Context asking) {
        CompletableFuture<Context> answered = new CompletableFuture<>();
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        asking.runOnContext(ignored -> {
            embedder.embedQuery("apple").subscribe().with(vector -> answered.complete(Vertx.currentContext()));
            asked.complete(true);
        });
        asked.join();
        return answered;
    }

    private Vector query(String text) {
        return embedder.embedQuery(text).await().indefinitely();
    }
}
