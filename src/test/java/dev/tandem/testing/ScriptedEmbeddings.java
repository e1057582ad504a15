package dev.tandem.testing;

import dev.tandem.domain.embedding.Vector;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A server with the embeddings API of OpenAI, which refuses whatever that API does not have. Its vectors are those of {@link FakeEmbedder}.
 * It remembers what it was sent, and fails in many ways on request.
 */
public final class ScriptedEmbeddings extends ScriptedServer<ScriptedEmbeddings.Fault> {

    public static final String MODEL = "scripted/model-1";
    public static final String KEY = "sk-scripted-0123456789";

    /** A text with this word in it gets a vector with a component that is no number. */
    public static final String NAN_WORD = "nanword";
    /** A text with this word in it gets a vector of zeros. */
    public static final String ZERO_WORD = "zeroword";

    /** A way to fail. */
    public enum Fault {
        BUSY(429),
        BUSY_WITHOUT_A_WORD(429),
        UNAUTHORIZED(401),
        FORBIDDEN(403),
        BROKEN(500),
        OVERLOADED(503),
        MOVED(301),
        REFUSES_ALL(400),
        /** Says nothing until {@link #release()}. */
        HANGS(0),
        /** Closes the connection in the middle of the answer. */
        CUT(0),
        HALF(200),
        JUNK(200),
        EMPTY(200),
        TOO_FEW(200),
        TOO_MANY(200),
        SHUFFLED(200),
        TWICE_ONE_INDEX(200),
        NO_INDEX(200),
        SHORT_VECTORS(200),
        STRING_VECTORS(200),
        NOT_A_NUMBER(200),
        INFINITE(200),
        NULLS(200);

        private final int status;

        Fault(int status) {
            this.status = status;
        }
    }

    private static final Set<String> MEMBERS = Set.of("model", "input", "encoding_format", "dimensions");

    private final Map<String, Integer> refusedWords = new ConcurrentHashMap<>();
    private final List<List<String>> requests = new CopyOnWriteArrayList<>();
    private volatile String key = KEY;
    private volatile int mostTexts = 2_048;
    private volatile boolean takesDimensions;

    public ScriptedEmbeddings(Vertx vertx) {
        super(vertx);
        pause("1");
    }

    /** A request with a text with this word in it is answered with the status. */
    public void refuse(String word, int status) {
        refusedWords.put(word, status);
    }

    public void key(String wanted) {
        key = wanted;
    }

    public void mostTexts(int most) {
        mostTexts = most;
    }

    /** The model makes vectors of the dimensions that it is asked for. */
    public void takeDimensions() {
        takesDimensions = true;
    }

    /** The texts of all well-formed requests, in order. */
    public List<List<String>> requests() {
        return List.copyOf(requests);
    }

    /** The texts of all well-formed requests without the harmless ones, in order. */
    public List<String> texts() {
        return requests.stream()
                .flatMap(List::stream)
                .filter(text -> !text.endsWith("Tandem"))
                .toList();
    }

    /** Ends all faults, and forgets all requests. */
    @Override
    public void reset() {
        super.reset();
        refusedWords.clear();
        key = KEY;
        pause("1");
        mostTexts = 2_048;
        requests.clear();
    }

    @Override
    void receive(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Problem problem = problem(request, body.toString());
            if (problem != null) {
                fail(request, problem.status, problem.message);
                return;
            }
            List<String> texts = texts(new JsonObject(body));
            int dimensions = new JsonObject(body).getInteger("dimensions", FakeEmbedder.DIMENSIONS);
            requests.add(texts);
            answer(request, texts, dimensions, fault());
        });
    }

    private record Problem(int status, String message) {}

    private @Nullable Problem problem(HttpServerRequest request, String body) {
        if (!("Bearer " + key).equals(request.getHeader("Authorization"))) {
            return new Problem(401, "Incorrect API key provided: " + request.getHeader("Authorization"));
        }
        if (request.method() != HttpMethod.POST || !"/v1/embeddings".equals(request.uri())) {
            return new Problem(404, "There is no " + request.method() + " " + request.uri());
        }
        if (!"application/json".equals(request.getHeader("Content-Type"))) {
            return new Problem(415, "Content-Type");
        }
        JsonObject json;
        try {
            json = new JsonObject(body);
        } catch (DecodeException e) {
            return new Problem(400, "No JSON.");
        }
        if (!MEMBERS.containsAll(json.fieldNames())) {
            return new Problem(400, "Unknown members: " + json.fieldNames());
        }
        if (!MODEL.equals(json.getString("model"))) {
            return new Problem(404, "There is no model " + json.getString("model"));
        }
        if (!"float".equals(json.getString("encoding_format"))) {
            return new Problem(400, "encoding_format");
        }
        if (json.containsKey("dimensions") && !takesDimensions) {
            return new Problem(400, "This model does not support specifying dimensions.");
        }
        return problem(texts(json));
    }

    private @Nullable Problem problem(List<String> texts) {
        if (texts.isEmpty() || texts.stream().anyMatch(String::isEmpty)) {
            return new Problem(400, "'input' is empty.");
        }
        if (texts.size() > mostTexts) {
            return new Problem(413, "batch size " + texts.size() + " > maximum allowed batch size " + mostTexts);
        }
        for (String text : texts) {
            for (Map.Entry<String, Integer> refused : refusedWords.entrySet()) {
                if (text.contains(refused.getKey())) {
                    return new Problem(refused.getValue(), "This model can't read " + refused.getKey() + ".");
                }
            }
        }
        return null;
    }

    private static List<String> texts(JsonObject json) {
        return json.getJsonArray("input").stream().map(String.class::cast).toList();
    }

    private void answer(HttpServerRequest request, List<String> texts, int dimensions, @Nullable Fault fault) {
        if (fault == null) {
            ok(request, body(texts, dimensions).encode());
            return;
        }
        switch (fault) {
            case HANGS -> hang(() -> ok(request, body(texts, dimensions).encode()));
            case CUT -> {
                String whole = body(texts, dimensions).encode();
                request.response().putHeader("Content-Length", String.valueOf(whole.length()));
                request.response()
                        .write(whole.substring(0, whole.length() / 2))
                        .onComplete(written -> request.connection().close());
            }
            case HALF -> {
                String whole = body(texts, dimensions).encode();
                ok(request, whole.substring(0, whole.length() / 2));
            }
            case JUNK -> ok(request, "<html>It works!</html>");
            case EMPTY -> ok(request, "");
            default -> {
                if (fault.status == 200) {
                    ok(request, spoilt(body(texts, dimensions), fault));
                } else {
                    fail(request, fault.status, "The fault " + fault + " was asked for.");
                }
            }
        }
    }

    private JsonObject body(List<String> texts, int dimensions) {
        JsonArray data = new JsonArray();
        for (int i = 0; i < texts.size(); i++) {
            data.add(new JsonObject()
                    .put("object", "embedding")
                    .put("index", i)
                    .put("embedding", vector(texts.get(i), dimensions)));
        }
        return new JsonObject()
                .put("object", "list")
                .put("data", data)
                .put("model", MODEL)
                .put("usage", new JsonObject().put("prompt_tokens", 1).put("total_tokens", 1));
    }

    private JsonArray vector(String text, int dimensions) {
        JsonArray components = new JsonArray();
        Vector whole = FakeEmbedder.vectorOf(text);
        for (int i = 0; i < dimensions; i++) {
            components.add(text.contains(ZERO_WORD) ? 0f : whole.toArray()[i % whole.dimensions()]);
        }
        if (text.contains(NAN_WORD)) {
            components.getList().set(dimensions - 1, null);
        }
        return components;
    }

    private static String spoilt(JsonObject body, Fault fault) {
        JsonArray data = body.getJsonArray("data");
        JsonObject first = data.getJsonObject(0);
        JsonArray vector = first.getJsonArray("embedding");
        switch (fault) {
            case TOO_FEW -> data.remove(0);
            case TOO_MANY -> data.add(first.copy().put("index", data.size()));
            case SHUFFLED -> Collections.reverse(data.getList());
            case TWICE_ONE_INDEX -> data.getJsonObject(data.size() - 1).put("index", 0);
            case NO_INDEX -> first.remove("index");
            case SHORT_VECTORS -> vector.remove(0);
            case STRING_VECTORS -> first.put("embedding", "AACAPwAAAEA=");
            case NULLS ->
                data.forEach(element -> ((JsonObject) element)
                        .getJsonArray("embedding")
                        .getList()
                        .set(0, null));
            case NOT_A_NUMBER, INFINITE ->
                data.forEach(element -> ((JsonObject) element)
                        .getJsonArray("embedding")
                        .getList()
                        .set(0, "spoilt"));
            default -> throw new IllegalStateException(fault.name());
        }
        if (fault == Fault.TWICE_ONE_INDEX && data.size() == 1) {
            data.add(first.copy());
        }
        return body.encode().replace("\"spoilt\"", fault == Fault.INFINITE ? "1e39" : "NaN");
    }

    private static void ok(HttpServerRequest request, String json) {
        request.response().putHeader("Content-Type", "application/json").end(json);
    }

    private void fail(HttpServerRequest request, int status, String message) {
        if (!message.contains(Fault.BUSY_WITHOUT_A_WORD.name())) {
            sayWhen(request.response(), status);
        }
        request.response()
                .setStatusCode(status)
                .end(new JsonObject()
                        .put("error", new JsonObject().put("message", message).put("type", "scripted"))
                        .encode());
    }
}
