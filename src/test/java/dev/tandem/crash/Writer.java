package dev.tandem.crash;

import dev.tandem.testing.PackagedService;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client that writes documents of its own, one request after the other, to any replica, and records what it is answered. */
final class Writer {

    /** One new document in so many is embedded by a model; the others bring a vector. */
    private static final int EMBEDDED_SHARE = 40;

    private static final int BATCH = 20;
    /** The answers that a fault of the database explains. They don't say whether the write was made. */
    private static final Set<Integer> AWAY = Set.of(502, 503, 504);

    private final String name;
    private final Cluster cluster;
    private final Ledger ledger;
    private final Random random;
    private final List<Trail> documents = new ArrayList<>();
    private int keys;

    Writer(String name, Cluster cluster, Ledger ledger, Random random) {
        this.name = name;
        this.cluster = cluster;
        this.ledger = ledger;
        this.random = random;
    }

    /** One request of any kind. */
    void write() throws InterruptedException {
        int choice = random.nextInt(100);
        if (documents.isEmpty() || choice < 30) {
            put(newDocument(), "If-None-Match", "*");
        } else if (choice < 50) {
            put(aDocument());
        } else if (choice < 60) {
            patch(aDocument());
        } else if (choice < 66) {
            delete(aDocument());
        } else if (choice < 76) {
            conflict();
        } else if (choice < 84) {
            putIfMatch(aDocument(), 0);
        } else if (choice < 90) {
            putIfMatch(aDocument(), 1);
        } else {
            importBatch();
        }
    }

    /** A request that is refused because the key is taken: its transaction is aborted. */
    void conflict() throws InterruptedException {
        List<Trail> existing =
                documents.stream().filter(trail -> trail.revision() > 0).toList();
        if (existing.isEmpty()) {
            put(newDocument());
            return;
        }
        Trail trail = existing.get(random.nextInt(existing.size()));
        Version never = ledger.newVersion();
        JsonObject body = never.body(trail.collection(), trail.key()).put("key", trail.key());
        send(trail, "POST", address(trail.collection()), body, never, 409);
    }

    private void put(Trail trail, String... headers) throws InterruptedException {
        Version next = ledger.newVersion();
        send(trail, "PUT", address(trail), next.body(trail.collection(), trail.key()), next, 200, headers);
    }

    /** A conditional write: right if the offset is 0, otherwise on a version that never was. */
    private void putIfMatch(Trail trail, int offset) throws InterruptedException {
        if (trail.revision() == 0) {
            put(trail);
            return;
        }
        Version next = ledger.newVersion();
        send(
                trail,
                "PUT",
                address(trail),
                next.body(trail.collection(), trail.key()),
                next,
                offset == 0 ? 200 : 412,
                "If-Match",
                "\"" + (trail.revision() + offset) + "\"");
    }

    private void patch(Trail trail) throws InterruptedException {
        if (trail.revision() == 0) {
            put(trail);
            return;
        }
        Version next =
                new Version(trail.acknowledged().word(), ledger.newVersion().number());
        JsonObject patch = new JsonObject().put("metadata", new JsonObject().put("n", next.number()));
        send(trail, "PATCH", address(trail), patch, next, 200);
    }

    private void delete(Trail trail) throws InterruptedException {
        int expected = trail.revision() == 0 ? 404 : 200;
        send(trail, "DELETE", address(trail), null, Version.GONE, expected);
    }

    private void importBatch() throws InterruptedException {
        List<ImportLine> lines = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            Trail trail = i % 2 == 0 || documents.size() < BATCH ? newDocument(Cluster.OWN) : aDocument();
            boolean isTwice = lines.stream().anyMatch(line -> line.trail() == trail);
            if (!isTwice && trail.collection().equals(Cluster.OWN)) {
                lines.add(new ImportLine(trail, ledger.newVersion()));
            }
        }
        documents.removeAll(new ImportBatch(lines, ledger).send(cluster.any(random)));
    }

    private Trail newDocument() {
        return newDocument(random.nextInt(EMBEDDED_SHARE) == 0 ? Cluster.MODEL : Cluster.OWN);
    }

    private Trail newDocument(String collection) {
        Trail trail = ledger.open(collection, name + "-" + keys++);
        documents.add(trail);
        return trail;
    }

    private Trail aDocument() {
        return documents.get(random.nextInt(documents.size()));
    }

    /** @param expected 200 stands for any success */
    private void send(
            Trail trail,
            String method,
            String path,
            @Nullable JsonObject body,
            Version intended,
            int expected,
            String... headers)
            throws InterruptedException {
        String request = method + (headers.length > 0 ? " " + String.join(": ", headers) : "") + " " + intended;
        trail.begin(intended);
        PackagedService replica = cluster.any(random);
        HttpResponse<String> answer;
        try {
            answer = replica.send(method, path, body == null ? null : body.encode(), headers);
        } catch (ConnectException e) {
            // Nobody listened, so nothing was sent.
            ledger.unreachable();
            return;
        } catch (IOException e) {
            unanswered(trail, request, e.toString(), intended, expected);
            return;
        }
        int status = answer.statusCode();
        if (status / 100 == 2 && expected == 200) {
            long revision = status == 204 ? 0 : new JsonObject(answer.body()).getLong("version");
            ledger.succeeded(trail, request, status, intended, revision);
        } else if (status == expected) {
            ledger.refused(trail, request, status);
        } else {
            if (!AWAY.contains(status)) {
                ledger.surprised(request, status + " " + answer.body());
            }
            unanswered(trail, request, Integer.toString(status), intended, expected);
        }
    }

    private void abandon(Trail trail, String request, String reason, Version intended) {
        ledger.unanswered(trail, request, reason, intended);
        documents.remove(trail);
    }

    /** A request that would have been refused has changed nothing, answered or not. */
    private void unanswered(Trail trail, String request, String reason, Version intended, int expected) {
        if (expected == 200) {
            abandon(trail, request, reason, intended);
        } else {
            ledger.unanswered(trail, request, reason, trail.acknowledged());
        }
    }

    private static String address(String collection) {
        return "/v1/collections/" + collection + "/documents";
    }

    private static String address(Trail trail) {
        return address(trail.collection()) + "/" + trail.key();
    }
}
