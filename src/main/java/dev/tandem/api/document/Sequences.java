package dev.tandem.api.document;

import dev.tandem.api.http.Conditions;
import dev.tandem.api.http.Preferences;
import dev.tandem.service.IndexingService;
import dev.tandem.service.Written;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers writes: with the version, with the sequence after which searches show them, and, if wanted, not before they do. */
@Singleton
public class Sequences {

    /** The header that carries a sequence in both directions. */
    public static final String HEADER = "Tandem-Sequence";

    private final IndexingService indexing;

    Sequences(IndexingService indexing) {
        this.indexing = indexing;
    }

    /** The answer of what is wanted; 202 where searches don't show the write in time. */
    <T> Uni<RestResponse<T>> answer(ResponseBuilder<T> answer, Written written, Preferences preferences) {
        answer.header(HttpHeaders.ETAG, Conditions.tag(written.document().version()));
        return visible(answer, written, preferences);
    }

    /** The same without an entity tag: what was removed has no version. */
    <T> Uni<RestResponse<T>> visible(ResponseBuilder<T> answer, Written written, Preferences preferences) {
        return visible(answer, written.document().collectionId(), written.sequence(), preferences);
    }

    /** The same for a write to several documents. */
    <T> Uni<RestResponse<T>> visible(
            ResponseBuilder<T> answer, UUID collectionId, long sequence, Preferences preferences) {
        if (sequence > 0) {
            answer.header(HEADER, sequence);
        }
        if (sequence == 0 || preferences.waiting().isEmpty()) {
            return Uni.createFrom().item(answer::build);
        }
        Duration wait = preferences.waiting().get();
        return indexing.awaitVisible(collectionId, sequence, wait)
                .map(shown -> shown
                        ? answer.header(Preferences.APPLIED, "wait=" + wait.toSeconds())
                                .build()
                        : answer.status(RestResponse.Status.ACCEPTED).build());
    }
}
