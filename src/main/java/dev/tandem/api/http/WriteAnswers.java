package dev.tandem.api.http;

import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.domain.document.EmbeddingState;
import dev.tandem.service.document.Written;
import dev.tandem.service.index.IndexingService;
import dev.tandem.service.index.VectorVisibility;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers writes with the version and with the sequence after which searches show them. If the client wants, it waits until they do. */
@Singleton
public class WriteAnswers {

    /** The header with a sequence, in requests and answers. */
    public static final String HEADER = "Tandem-Sequence";

    /** The header that says whether vector searches can find a written document. */
    public static final String EMBEDDING = "Tandem-Embedding";

    private final IndexingService indexing;
    private final VectorVisibility vectors;
    private final IdempotentPosts once;

    WriteAnswers(IndexingService indexing, VectorVisibility vectors, IdempotentPosts once) {
        this.indexing = indexing;
        this.vectors = vectors;
        this.once = once;
    }

    /** The answer to a write; 202 if the client waits and searches don't show the write in time. */
    public <T> Uni<RestResponse<T>> answer(ResponseBuilder<T> answer, Written written, Preferences preferences) {
        return shown(tagged(answer, written), written, preferences);
    }

    /** The same without an entity tag: a deleted document has no version. */
    public <T> Uni<RestResponse<T>> visible(ResponseBuilder<T> answer, Written written, Preferences preferences) {
        return shown(sequenced(answer, written), written, preferences);
    }

    /** The same for a write to several documents whose answer already has the sequence. */
    public <T> Uni<RestResponse<T>> visible(
            ResponseBuilder<T> answer, UUID collectionId, long sequence, Preferences preferences) {
        return shown(answer, collectionId, sequence, preferences);
    }

    /**
     * The same for a POST, which may be repeated. A repeated request does not wait, and gets the answer of a request without the
     * preference.
     */
    public <T> Uni<RestResponse<T>> once(
            Uni<Written> work, Function<Written, ResponseBuilder<T>> answer, Preferences preferences) {
        return once.keep(work, written -> tagged(answer.apply(written), written).build())
                .chain(written -> answer(answer.apply(written), written, preferences));
    }

    private static <T> ResponseBuilder<T> tagged(ResponseBuilder<T> answer, Written written) {
        answer.header(HttpHeaders.ETAG, Conditions.tag(written.document().version()));
        answer.header(EMBEDDING, written.embedding().word());
        return sequenced(answer, written);
    }

    private static <T> ResponseBuilder<T> sequenced(ResponseBuilder<T> answer, Written written) {
        return sequenced(answer, written.sequence());
    }

    /** Adds the sequence after which searches show the write; adds none if nothing was written. */
    public static <T> ResponseBuilder<T> sequenced(ResponseBuilder<T> answer, long sequence) {
        return sequence > 0 ? answer.header(HEADER, sequence) : answer;
    }

    private <T> Uni<RestResponse<T>> shown(ResponseBuilder<T> answer, Written written, Preferences preferences) {
        return shown(answer, written.document().collectionId(), written.sequence(), preferences)
                .call(given -> hasWaitedForVectors(given, written, preferences)
                        ? embedded(given, written)
                        : Uni.createFrom().voidItem());
    }

    private static boolean hasWaitedForVectors(RestResponse<?> answer, Written written, Preferences preferences) {
        return written.embedding() == EmbeddingState.PENDING
                && answer.getHeaders().containsKey(EMBEDDING)
                && answer.getHeaders().containsKey(Preferences.APPLIED)
                && preferences.waiting().filter(waiting -> !waiting.wordsOnly()).isPresent();
    }

    /** Adds the state of the vectors. The write is done, so if the state can't be read, the answer has the state from before the wait. */
    private Uni<Void> embedded(RestResponse<?> answer, Written written) {
        return vectors.of(written)
                .onFailure()
                .recoverWithItem(written.embedding())
                .invoke(state -> answer.getHeaders().putSingle(EMBEDDING, state.word()))
                .replaceWithVoid();
    }

    private <T> Uni<RestResponse<T>> shown(
            ResponseBuilder<T> answer, UUID collectionId, long sequence, Preferences preferences) {
        if (sequence == 0 || preferences.waiting().isEmpty()) {
            return Uni.createFrom().item(answer::build);
        }
        Preferences.Waiting waiting = preferences.waiting().get();
        return await(collectionId, sequence, waiting)
                .map(shown -> shown
                        ? answer.header(Preferences.APPLIED, waiting.applied()).build()
                        : answer.status(RestResponse.Status.ACCEPTED).build());
    }

    private Uni<Boolean> await(UUID collectionId, long sequence, Preferences.Waiting waiting) {
        return waiting.wordsOnly()
                ? indexing.awaitVisible(collectionId, sequence, waiting.atMost())
                : vectors.await(collectionId, sequence, waiting.atMost());
    }
}
