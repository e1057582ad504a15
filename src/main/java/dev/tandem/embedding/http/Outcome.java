package dev.tandem.embedding.http;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What a server made of one request. That it is busy, away or wrongly configured is a failure instead. */
sealed interface Outcome {

    /** The vectors of all texts, in their order. */
    record Made(List<Vector> vectors) implements Outcome {}

    /**
     * No vectors, perhaps because of one of the texts.
     *
     * @param reason what the server said
     * @param passes whether the same request may succeed the next time
     * @param otherwise what it means if no text is the reason
     */
    record Doubted(String reason, boolean passes, Refusal.Unavailable otherwise) implements Outcome {}

    /** The vectors, for a request whose texts can't be to blame. */
    default Uni<Made> made() {
        return switch (this) {
            case Made made -> Uni.createFrom().item(made);
            case Doubted doubted -> Uni.createFrom().failure(doubted.otherwise());
        };
    }
}
