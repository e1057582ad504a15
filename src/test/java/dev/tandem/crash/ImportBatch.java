package dev.tandem.crash;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.tandem.testing.PackagedService;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An import of a few lines into the collection {@link Cluster#OWN}, each answered by itself. */
final class ImportBatch {

    private static final String PATH = "/v1/collections/" + Cluster.OWN + "/documents:import?results=all";

    private final List<ImportLine> lines;
    private final Ledger ledger;

    /** @param lines of different documents */
    ImportBatch(List<ImportLine> lines, Ledger ledger) {
        this.lines = lines;
        this.ledger = ledger;
    }

    /** Sends the lines and records the answers. Answers the documents whose lines were not answered. */
    List<Trail> send(PackagedService replica) throws InterruptedException {
        lines.forEach(line -> line.trail().begin(line.intended()));
        Map<String, ImportLine> open =
                new HashMap<>(lines.stream().collect(toMap(line -> line.trail().key(), line -> line)));
        String reason = "no line in the answer";
        try {
            HttpResponse<String> answer = replica.send(
                    "POST",
                    PATH,
                    lines.stream().map(ImportLine::json).collect(joining("\n")),
                    "Content-Type",
                    "application/x-ndjson");
            if (answer.statusCode() == 200) {
                answer.body().lines().forEach(line -> record(line, open));
            } else {
                reason = answer.statusCode() + " " + answer.body();
            }
        } catch (ConnectException e) {
            // Nobody listened, so nothing was sent.
            ledger.unreachable();
            return List.of();
        } catch (IOException | DecodeException e) {
            reason = e.toString();
        }
        for (ImportLine line : open.values()) {
            ledger.unanswered(line.trail(), line.request(), reason, line.intended());
        }
        return open.values().stream().map(ImportLine::trail).toList();
    }

    private void record(String text, Map<String, ImportLine> open) {
        JsonObject answer = new JsonObject(text);
        int status = answer.getInteger("status", 0);
        if (status / 100 == 2) {
            ImportLine line = open.remove(answer.getString("key"));
            ledger.succeeded(line.trail(), line.request(), status, line.intended(), answer.getLong("version"));
        } else if (status != 0 && status != 503) {
            ledger.surprised("import line", text);
        }
    }
}
