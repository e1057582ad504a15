package dev.tandem.index.pinecone.http;

import dev.tandem.domain.refusal.Excerpt;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.remote.Reply;
import dev.tandem.remote.ServerAway;
import dev.tandem.remote.ServerBusy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one host answers, and names what went wrong without the API key. A host that asked to be left alone is not asked for the same
 * kind of operation before that time is over.
 */
public final class Answers {

    private static final String AWAY = "engine.unavailable";
    private static final String BUSY = "engine.busy";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(10);
    private static final int MOST_WORDS = 300;

    private final String key;
    private final Map<String, Long> notBefore = new ConcurrentHashMap<>();

    /** @param key shown in no sentence */
    Answers(String key) {
        this.key = key;
    }

    /**
     * @param operation what the request does, for which the host may ask for a pause
     * @param reader makes something of a successful answer
     */
    <T> Uni<T> read(String operation, Supplier<Uni<Reply>> request, Function<Reply, T> reader) {
        return Uni.createFrom().deferred(() -> {
            requirePauseOver(operation);
            return request.get()
                    .onFailure(ServerAway.class)
                    .transform(away -> unavailable("Pinecone is away. " + sentence(away.getMessage()), SOON))
                    .onFailure(ServerBusy.class)
                    .transform(busy -> new Refusal.Unavailable(BUSY, String.valueOf(busy.getMessage()), SOON))
                    .map(reply -> read(operation, reply, reader));
        });
    }

    private <T> T read(String operation, Reply reply, Function<Reply, T> reader) {
        if (reply.isBusy()) {
            throw busy(operation, reply);
        }
        if (reply.status() == 401 || reply.status() == 403) {
            throw unavailable("Pinecone refuses the API key, with status " + reply.status() + ".", LATER);
        }
        if (!reply.isSuccess()) {
            String words = Excerpt.of(reply.body().toString(), MOST_WORDS);
            throw unavailable(
                    "Pinecone answered %s with %d: %s".formatted(operation, reply.status(), words),
                    reply.retryAfter().orElse(reply.isAway() ? SOON : LATER));
        }
        return reader.apply(reply);
    }

    /** The same work. If it fails because an answer has not the form that Pinecone documents, Pinecone is the reason. */
    public static <T> Uni<T> understood(Uni<T> work) {
        return work.onFailure(failure -> failure instanceof DecodeException
                        || failure instanceof ClassCastException
                        || failure instanceof IllegalArgumentException)
                .transform(failure ->
                        new Refusal.Unavailable(AWAY, "Pinecone has sent an answer that can't be read.", SOON));
    }

    private Refusal.Unavailable busy(String operation, Reply reply) {
        Duration pause = reply.retryAfter().orElse(SOON);
        notBefore.put(operation, System.nanoTime() + pause.toNanos());
        return busy(operation, pause);
    }

    private static Refusal.Unavailable busy(String operation, Duration pause) {
        return new Refusal.Unavailable(BUSY, "Pinecone has no room for another %s now.".formatted(operation), pause);
    }

    private void requirePauseOver(String operation) {
        Long end = notBefore.get(operation);
        if (end == null) {
            return;
        }
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (left.isPositive()) {
            throw busy(operation, left);
        }
        notBefore.remove(operation, end);
    }

    private static String sentence(@Nullable String words) {
        return words == null || words.endsWith(".") ? String.valueOf(words) : words + ".";
    }

    /** The host failed, or answered something that does not make sense. */
    private Refusal.Unavailable unavailable(String sentence, Duration retryAfter) {
        return new Refusal.Unavailable(AWAY, sentence.replace(key, "***"), retryAfter);
    }

    static JsonObject json(Reply reply) {
        return reply.body().toJsonObject();
    }

    /** A member of an answer. It must be there. */
    static <T> T required(@Nullable T member) {
        if (member == null) {
            throw new IllegalArgumentException("A part of the answer is missing.");
        }
        return member;
    }
}
