package dev.tandem.remote;

import dev.tandem.domain.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;

/** What keeps the server of a model from its work, in words. None of it is a text's fault. */
public final class ServerTroubles {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AFTER_AWAY = Duration.ofSeconds(5);
    /** Somebody has to change something first. */
    private static final Duration AFTER_A_CHANGE = Duration.ofMinutes(1);

    private final String server;
    private final ServerRules rules;
    private final Codes codes;
    private final ServerKey key;

    /** The codes of the refusals. */
    public record Codes(String away, String busy, String misconfigured, String badAnswer) {}

    /** @param server what sentences call it */
    public ServerTroubles(String server, ServerRules rules, Codes codes, ServerKey key) {
        this.server = server;
        this.rules = rules;
        this.codes = codes;
        this.key = key;
    }

    /** What an answer with an error status says, without the secret. */
    public String said(Reply reply) {
        return key.hide("status " + reply.status()
                + ServerMessage.of(reply.body()).map(text -> ": " + text).orElse(""));
    }

    public Refusal.Unavailable away(String reason) {
        return new Refusal.Unavailable(codes.away(), named("is unavailable") + end(key.hide(reason)), AFTER_AWAY);
    }

    /** @param pause what the server asks for, if it does */
    Refusal.Unavailable busy(String reason, Optional<Duration> pause) {
        return new Refusal.Unavailable(
                codes.busy(), named("has no room at the moment") + end(key.hide(reason)), pause.orElse(SOON));
    }

    Refusal.Unavailable tooManyQueries() {
        return new Refusal.Unavailable(
                codes.busy(), named("has no room at the moment") + "Too many queries wait for it here.", SOON);
    }

    public Refusal.Unavailable misconfigured(String reason) {
        return new Refusal.Unavailable(
                codes.misconfigured(),
                named("does not accept what Tandem sends, so the settings %s are wrong".formatted(rules.all()))
                        + end(key.hide(reason)),
                AFTER_A_CHANGE);
    }

    public Refusal.Unavailable badAnswer(String reason) {
        return new Refusal.Unavailable(
                codes.badAnswer(), named("gives answers that are not usable") + end(key.hide(reason)), AFTER_A_CHANGE);
    }

    private String named(String trouble) {
        return server + " " + trouble + ". ";
    }

    private static String end(String reason) {
        return reason.endsWith(".") ? reason : reason + ".";
    }
}
