package dev.tandem.api.idempotency;

import dev.tandem.api.request.AliasTags;
import dev.tandem.domain.idempotency.Answer;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.idempotency.Idempotency;
import dev.tandem.service.idempotency.Outcome;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Answers a POST. With an Idempotency-Key the request is executed once, and each repetition gets the same answer. Every resource that
 * accepts POST answers through this class.
 */
@Singleton
public class IdempotentPosts {

    /** The header in which clients name a request. */
    public static final String KEY = "Idempotency-Key";

    /** The header of a repeated answer. */
    public static final String REPLAYED = "Idempotent-Replayed";

    private final Idempotency idempotency;
    private final Claims claims;
    private final Answers answers;
    private final CurrentVertxRequest current;

    IdempotentPosts(Idempotency idempotency, Claims claims, Answers answers, CurrentVertxRequest current) {
        this.idempotency = idempotency;
        this.claims = claims;
        this.answers = answers;
        this.current = current;
    }

    /**
     * Does the work of this request and answers it.
     *
     * @param work a use case
     * @param answer made from the work's result alone, because it is made a second time inside the transaction, to be stored there
     */
    public <T, V> Uni<RestResponse<V>> answer(Uni<T> work, Function<T, RestResponse<V>> answer) {
        return keep(work, answer).map(answer);
    }

    /**
     * Does the work of this request, for callers that do more than answer it.
     *
     * @param answer what is answered when the request is sent again
     */
    public <T> Uni<T> keep(Uni<T> work, Function<T, ? extends RestResponse<?>> answer) {
        RoutingContext request = current.getCurrent();
        if (!isAsked(request)) {
            return work;
        }
        Function<T, Answer> kept = result -> marked(request, answers.of(answer.apply(result)));
        return BodyDigest.of(request)
                .chain(body -> idempotency.once(claims.of(request, body), work, kept))
                .map(IdempotentPosts::result);
    }

    /**
     * The same for a route of Vert.x, which sends its answer itself.
     *
     * @param body tells the request's body from others
     * @param answer what is to be sent, made from the work's result alone
     */
    public <T> Uni<Answer> answer(RoutingContext request, String body, Uni<T> work, Function<T, Answer> answer) {
        if (!isAsked(request)) {
            return work.map(answer);
        }
        return idempotency.once(claims.of(request, body), work, answer).map(outcome -> switch (outcome) {
            case Outcome.Done<T>(T result) -> answer.apply(result);
            case Outcome.Replayed<T>(Answer kept) -> kept.with(REPLAYED, "true");
        });
    }

    /**
     * Answers a request that only reads. It can be repeated as it is, so its key is ignored if it is valid.
     *
     * @throws Refusal.Malformed if the key is not valid
     */
    public <T, V> Uni<RestResponse<V>> read(Uni<T> work, Function<T, RestResponse<V>> answer) {
        isAsked(current.getCurrent());
        return work.map(answer);
    }

    /**
     * Whether a request has an Idempotency-Key.
     *
     * @throws Refusal.Malformed if the key is not valid
     */
    public boolean isAsked(RoutingContext request) {
        boolean asked = request.request().headers().contains(KEY);
        if (asked) {
            claims.check(request);
        }
        return asked;
    }

    /** The answer is stored as it was sent, wherever an alias leads when it is sent again. */
    private static Answer marked(RoutingContext request, Answer answer) {
        String tag = answer.headers().get(HttpHeaders.ETAG);
        return tag == null ? answer : answer.with(HttpHeaders.ETAG, AliasTags.of(request, tag));
    }

    private static <T> T result(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T result) -> result;
            case Outcome.Replayed<T>(Answer answer) -> throw new Replay(answer);
        };
    }
}
