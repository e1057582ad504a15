package dev.tandem.embedding.http;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.embedding.Embedder;
import dev.tandem.remote.Reply;
import java.time.Duration;
import java.util.Optional;

/** What keeps a server from making vectors, in words. None of it is a text's fault. */
final class Troubles {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AFTER_AWAY = Duration.ofSeconds(5);
    /** Somebody has to change something first. */
    private static final Duration AFTER_A_CHANGE = Duration.ofMinutes(1);

    private final String model;
    private final ApiKey key;

    Troubles(String model, ApiKey key) {
        this.model = model;
        this.key = key;
    }

    /** What an answer with an error status says, without the secret. */
    String said(Reply reply) {
        return key.hide("status " + reply.status()
                + ServerMessage.of(reply.body()).map(text -> ": " + text).orElse(""));
    }

    Refusal.Unavailable away(String reason) {
        return new Refusal.Unavailable("embedding.away", named("is unavailable") + end(key.hide(reason)), AFTER_AWAY);
    }

    /** @param pause what the server asks for, if it does */
    Refusal.Unavailable busy(String reason, Optional<Duration> pause) {
        return new Refusal.Unavailable(
                Embedder.BUSY, named("has no room at the moment") + end(key.hide(reason)), pause.orElse(SOON));
    }

    Refusal.Unavailable tooManyQueries() {
        return new Refusal.Unavailable(
                Embedder.BUSY, named("has no room at the moment") + "Too many queries wait for it here.", SOON);
    }

    Refusal.Unavailable misconfigured(String reason) {
        return new Refusal.Unavailable(
                Embedder.MISCONFIGURED,
                named("does not accept what Tandem sends, so the settings tandem.embedding.servers.%s are wrong"
                                .formatted(model))
                        + end(key.hide(reason)),
                AFTER_A_CHANGE);
    }

    Refusal.Unavailable badAnswer(String reason) {
        return new Refusal.Unavailable(
                Embedder.BAD_ANSWER,
                named("gives answers that are not usable") + end(key.hide(reason)),
                AFTER_A_CHANGE);
    }

    private String named(String trouble) {
        return "The server of the embedding model '" + model + "' " + trouble + ". ";
    }

    private static String end(String reason) {
        return reason.endsWith(".") ? reason : reason + ".";
    }
}
