package dev.tandem.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallerContextTest {

    private final VertxInternal vertx = (VertxInternal) Vertx.vertx();
    private final CompletableFuture<String> elsewhere = new CompletableFuture<>();
    private final Uni<String> kept = CallerContext.keep(Uni.createFrom().completionStage(() -> elsewhere.copy()));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void answersEachOnItsOwnContext() {
        Context one = vertx.createEventLoopContext();
        Context other = vertx.createEventLoopContext();
        CompletableFuture<@Nullable Context> first = contextOfAnswer(one);
        CompletableFuture<@Nullable Context> second = contextOfAnswer(other);

        elsewhere.complete("done");

        assertThat(first.join()).isSameAs(one).isNotSameAs(other);
        assertThat(second.join()).isSameAs(other);
    }

    @Test
    void failsThereToo() {
        Context one = vertx.createEventLoopContext();
        CompletableFuture<@Nullable Context> failed = contextOfAnswer(one);

        elsewhere.completeExceptionally(new IllegalStateException("broken"));

        assertThat(failed.join()).isSameAs(one);
    }

    @Test
    void answersAnywhereWhoIsOnNone() {
        elsewhere.complete("done");

        assertThat(kept.await().indefinitely()).isEqualTo("done");
    }

    private CompletableFuture<@Nullable Context> contextOfAnswer(Context context) {
        CompletableFuture<@Nullable Context> answered = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> subscribed = new CompletableFuture<>();
        context.runOnContext(ignored -> {
            kept.subscribe()
                    .with(
                            item -> answered.complete(Vertx.currentContext()),
                            failure -> answered.complete(Vertx.currentContext()));
            subscribed.complete(null);
        });
        subscribed.join();
        return answered;
    }
}
