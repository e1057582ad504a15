package dev.tandem.crash;

import dev.tandem.crash.Call.Kind;
import dev.tandem.crash.Call.Refused;
import dev.tandem.crash.Call.Seen;
import dev.tandem.crash.Call.State;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that makes random calls on one document, one after the other, and notes them in its history. */
final class RegisterClient {

    private static final int PAUSE_MILLIS = 30;

    private final String name;
    private final History history;
    private final Cluster cluster;
    private final Random random;
    private int writes;
    private long lastSeen = 1;

    RegisterClient(String name, History history, Cluster cluster, Random random) {
        this.name = name;
        this.history = history;
        this.cluster = cluster;
        this.random = random;
    }

    /** One call, and a pause. */
    void call() {
        int choice = random.nextInt(100);
        try {
            if (choice < 45) {
                send(Kind.READ, "GET", null, 0);
            } else if (choice < 70) {
                send(Kind.WRITE, "PUT", name + "-" + writes++, 0);
            } else if (choice < 95) {
                send(Kind.WRITE, "PUT", name + "-" + writes++, lastSeen);
            } else {
                send(Kind.DELETE, "DELETE", null, 0);
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(PAUSE_MILLIS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(Kind kind, String method, @Nullable String value, long condition) throws InterruptedException {
        String body = value == null
                ? null
                : new JsonObject()
                        .put("title", value)
                        .put("vector", Words.vector(value))
                        .encode();
        String[] headers = condition == 0 ? new String[0] : new String[] {"If-Match", "\"" + condition + "\""};
        long start = System.nanoTime();
        Seen seen = null;
        try {
            HttpResponse<String> answer = cluster.any(random)
                    .send(method, "/v1/collections/" + Cluster.OWN + "/documents/" + history.key(), body, headers);
            if (answer.statusCode() == 409) {
                // Another client created the document at the same moment. This write was not carried out, whatever came
                // before.
                return;
            }
            seen = seen(answer);
        } catch (ConnectException e) {
            // Nobody listened, so nothing was sent.
            return;
        } catch (IOException e) {
            // It is not known whether it was carried out.
        }
        boolean isUnknownRead = seen == null && kind == Kind.READ;
        if (!isUnknownRead) {
            history.add(new Call(start, seen == null ? Call.NEVER : System.nanoTime(), kind, value, condition, seen));
        }
    }

    /** What the answer says; null if it says nothing. */
    private @Nullable Seen seen(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 200, 201 -> {
                JsonObject document = new JsonObject(answer.body());
                lastSeen = document.getLong("version");
                yield new State(new Register(lastSeen, document.getString("title")));
            }
            case 204 -> new State(Register.ABSENT);
            case 404 -> answer.request().method().equals("GET") ? new State(Register.ABSENT) : new Refused();
            case 412 -> new Refused();
            case 503 -> null;
            default -> throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        };
    }
}
