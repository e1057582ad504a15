package dev.tandem.testing;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server that reranks, which refuses whatever the API does not have: at {@code /v2/rerank} Cohere's, at {@code /rerank} that of
 * text-embeddings-inference. A text has the score that stands in it behind {@link #SCORE}, or 0. It answers in the order of the scores, as such
 * servers do, remembers what it was sent, and fails on request.
 */
public final class ScriptedReranker extends ScriptedServer<ScriptedReranker.Fault> {

    public static final String MODEL = "scripted/reranker-1";
    public static final String KEY = "rr-scripted-0123456789";
    public static final String SCORE = "score=";

    /** A way to fail. */
    public enum Fault {
        BUSY(429),
        UNAUTHORIZED(401),
        REFUSES(422),
        TOO_LONG(413),
        NOT_FOUND(404),
        MOVED(301),
        BROKEN(500),
        OVERLOADED(503),
        /** Says nothing until {@link #release()}. */
        HANGS(0),
        /** Closes the connection instead of answering. */
        CUT(0),
        HALF(200),
        JUNK(200),
        EMPTY(200),
        ANOTHER_SHAPE(200),
        TOO_FEW(200),
        TOO_MANY(200),
        TWICE_ONE_INDEX(200),
        NO_INDEX(200),
        LARGE_INDEX(200),
        NEGATIVE_INDEX(200),
        STRING_SCORE(200),
        NO_SCORE(200),
        NULL_SCORE(200),
        NOT_A_NUMBER(200),
        INFINITE(200),
        HUGE(200);

        private final int status;

        Fault(int status) {
            this.status = status;
        }

        /** Whether it answers, with something that is not usable. */
        public boolean isBadAnswer() {
            return status == 200;
        }
    }

    /** What one request asked. */
    public record Asked(String query, List<String> texts) {}

    private static final Pattern SCORED = Pattern.compile(SCORE + "(-?[0-9.]+)");

    private final List<Asked> requests = new CopyOnWriteArrayList<>();
    private volatile int mostTexts = 1_000;

    public ScriptedReranker(Vertx vertx) {
        super(vertx);
    }

    public void mostTexts(int most) {
        mostTexts = most;
    }

    /** All well-formed requests, in order. */
    public List<Asked> requests() {
        return List.copyOf(requests);
    }

    /** The texts of all well-formed requests, in order. */
    public List<String> texts() {
        return requests.stream().flatMap(asked -> asked.texts().stream()).toList();
    }

    /** Ends all faults, and forgets all requests. */
    @Override
    public void reset() {
        super.reset();
        mostTexts = 1_000;
        pause("");
        requests.clear();
    }

    @Override
    void receive(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            boolean isTei = "/rerank".equals(request.uri());
            JsonObject json;
            try {
                json = new JsonObject(body);
            } catch (DecodeException e) {
                fail(request, 400, "No JSON.");
                return;
            }
            String wrong = isTei ? wrongForTei(json) : wrongForCohere(json);
            if (!("Bearer " + KEY).equals(request.getHeader("Authorization"))) {
                fail(request, 401, "Wrong key: " + request.getHeader("Authorization"));
            } else if (request.method() != HttpMethod.POST || !(isTei || "/v2/rerank".equals(request.uri()))) {
                fail(request, 404, "There is no " + request.method() + " " + request.uri());
            } else if (wrong != null) {
                fail(request, 422, wrong);
            } else {
                answer(request, isTei, asked(json, isTei ? "texts" : "documents"));
            }
        });
    }

    private static @Nullable String wrongForTei(JsonObject json) {
        return json.fieldNames().equals(Set.of("query", "texts", "truncate")) ? null : "members " + json.fieldNames();
    }

    private static @Nullable String wrongForCohere(JsonObject json) {
        return json.fieldNames().equals(Set.of("model", "query", "documents")) && MODEL.equals(json.getString("model"))
                ? null
                : "members " + json.fieldNames() + " of " + json.getString("model");
    }

    private static Asked asked(JsonObject json, String texts) {
        return new Asked(
                json.getString("query"),
                json.getJsonArray(texts).stream().map(String.class::cast).toList());
    }

    private void answer(HttpServerRequest request, boolean isTei, Asked asked) {
        if (asked.texts().isEmpty() || asked.query().isEmpty() || asked.texts().contains("")) {
            fail(request, 400, "Something is empty.");
            return;
        }
        if (asked.texts().size() > mostTexts) {
            fail(request, 422, "batch size " + asked.texts().size() + " > maximum allowed batch size " + mostTexts);
            return;
        }
        requests.add(asked);
        Fault fault = fault();
        String whole = body(isTei, asked.texts(), fault);
        if (fault == null || (fault.isBadAnswer() && fault.ordinal() >= Fault.ANOTHER_SHAPE.ordinal())) {
            request.response().putHeader("Content-Type", "application/json").end(whole);
            return;
        }
        switch (fault) {
            case HANGS -> hang(() -> request.response().end(whole));
            case CUT -> request.connection().close();
            case HALF -> request.response().end(whole.substring(0, whole.length() / 2));
            case JUNK -> request.response().end("<html>It works!</html>");
            case EMPTY -> request.response().end();
            default -> fail(request, fault.status, "The fault " + fault + " was asked for.");
        }
    }

    private static String body(boolean isTei, List<String> texts, @Nullable Fault fault) {
        String member = isTei ? "score" : "relevance_score";
        List<JsonObject> ranks = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            ranks.add(new JsonObject().put("index", i).put(member, scoreOf(texts.get(i))));
        }
        Collections.sort(ranks, (one, other) -> Double.compare(other.getDouble(member), one.getDouble(member)));
        if (fault != null) {
            spoil(ranks, member, fault);
        }
        JsonArray list = new JsonArray(ranks);
        boolean isList = isTei != (fault == Fault.ANOTHER_SHAPE);
        String json = isList
                ? list.encode()
                : new JsonObject().put("id", "1").put("results", list).encode();
        String number = fault == Fault.INFINITE ? "Infinity" : fault == Fault.HUGE ? "1e400" : "NaN";
        return json.replace("\"spoilt\"", number);
    }

    private static double scoreOf(String text) {
        Matcher score = SCORED.matcher(text);
        return score.find() ? Double.parseDouble(score.group(1)) : 0;
    }

    private static void spoil(List<JsonObject> ranks, String score, Fault fault) {
        JsonObject last = ranks.getLast();
        switch (fault) {
            case TOO_FEW -> ranks.removeLast();
            case TOO_MANY -> ranks.add(last.copy().put("index", ranks.size()));
            case TWICE_ONE_INDEX -> last.put("index", ranks.getFirst().getInteger("index"));
            case NO_INDEX -> last.remove("index");
            case LARGE_INDEX -> last.put("index", 4_294_967_296L);
            case NEGATIVE_INDEX -> last.put("index", -1);
            case STRING_SCORE -> last.put(score, "0.5");
            case NO_SCORE -> last.remove(score);
            case NULL_SCORE -> last.putNull(score);
            case NOT_A_NUMBER, INFINITE, HUGE -> last.put(score, "spoilt");
            default -> {
                // Spoilt elsewhere.
            }
        }
    }

    private void fail(HttpServerRequest request, int status, String message) {
        sayWhen(request.response(), status);
        request.response()
                .setStatusCode(status)
                .end(new JsonObject().put("message", message).encode());
    }
}
