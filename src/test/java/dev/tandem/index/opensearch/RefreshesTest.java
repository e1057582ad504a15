package dev.tandem.index.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RefreshesTest {

    private final List<UniEmitter<? super Void>> running = new ArrayList<>();
    private final Refreshes refreshes = new Refreshes(index -> Uni.createFrom().emitter(running::add));

    private UniAssertSubscriber<Void> ask(String index) {
        return refreshes.of(index).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    @DisplayName("a refresh that runs already is not enough; the next one is, for all who came meanwhile")
    void shared() {
        var first = ask("a");
        var second = ask("a");
        var third = ask("a");
        var elsewhere = ask("b");
        assertThat(running).hasSize(2);
        running.get(0).complete(null);
        first.assertCompleted();
        second.assertNotTerminated();
        assertThat(running).hasSize(3);
        var fourth = ask("a");
        running.get(2).fail(new IllegalStateException("away"));
        second.assertFailedWith(IllegalStateException.class);
        third.assertFailedWith(IllegalStateException.class);
        fourth.assertNotTerminated();
        running.get(3).complete(null);
        fourth.assertCompleted();
        running.get(1).complete(null);
        elsewhere.assertCompleted();
        ask("a").assertNotTerminated();
        assertThat(running).hasSize(5);
    }
}
