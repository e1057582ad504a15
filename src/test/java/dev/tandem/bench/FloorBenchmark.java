package dev.tandem.bench;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Single documents over HTTP, beside {@link BareRoutes} on the same database, in turns, with {@code wrk} as the client. It prints how much of
 * the floor's requests a second the service reaches. The service must be open, because the requests show no key.
 *
 * <pre>
 * ./mvnw test-compile exec:java -Dexec.mainClass=dev.tandem.bench.FloorBenchmark -Dexec.classpathScope=test \
 *   -Dexec.args="http://localhost:8080 postgresql://user:password@localhost:5432/tandem 5"
 * </pre>
 */
final class FloorBenchmark {

    private static final int DIMENSIONS = 32;
    private static final int KEYS = 1_000;
    private static final int GROUPS = 20;
    private static final int CONNECTIONS = 64;
    /** One caller may have no more writes in flight than this. */
    private static final int WRITING_CONNECTIONS = 16;

    private static final int POOL = 16;
    private static final int WARM_UP = 4;
    private static final int TURNS = 5;
    private static final int BARE_PORT = 8399;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s*([0-9.]+)");
    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(7);
    private final URI service;
    private final String collection;
    private final int seconds;

    private FloorBenchmark(URI service, String collection, int seconds) {
        this.service = service;
        this.collection = collection;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        FloorBenchmark benchmark = new FloorBenchmark(
                URI.create(arguments[0]),
                "floor-" + Long.toHexString(System.nanoTime()),
                Integer.parseInt(arguments[2]));
        Vertx bare = BareRoutes.serve(BARE_PORT, PgConnectOptions.fromUri(arguments[1]), POOL);
        try {
            benchmark.run(arguments.length < 4 ? List.of("get", "put", "list") : List.of(arguments[3].split(",")));
        } finally {
            benchmark.send("DELETE", "", null);
            bare.close();
        }
    }

    private void run(List<String> kinds) throws Exception {
        fill();
        Path script = Files.createTempFile("put", ".lua");
        Files.writeString(script, putScript());
        Map<String, List<String>> requests = Map.of(
                "get", List.of(address("/documents/key-5")),
                "put", List.of("-s", script.toString(), address("")),
                "list", List.of(address("/documents?limit=50&filter=%7B%22group%22%3A3%7D")));
        URI floor = URI.create("http://localhost:" + BARE_PORT);
        System.out.println("| request | floor, a second | service, a second | ratio |");
        System.out.println("|---|---|---|---|");
        for (String kind : kinds) {
            List<String> request = requests.get(kind);
            int connections = kind.equals("put") ? WRITING_CONNECTIONS : CONNECTIONS;
            for (int i = 0; i < WARM_UP; i++) {
                rate(floor, request, connections);
                rate(service, request, connections);
            }
            double[] bare = new double[TURNS];
            double[] whole = new double[TURNS];
            double[] ratios = new double[TURNS];
            for (int i = 0; i < TURNS; i++) {
                bare[i] = rate(floor, request, connections);
                whole[i] = rate(service, request, connections);
                ratios[i] = whole[i] / bare[i];
            }
            System.out.printf("| %s | %.0f | %.0f | %.2f |%n", kind, median(bare), median(whole), median(ratios));
        }
        Files.delete(script);
    }

    private static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void fill() throws Exception {
        send(
                "POST",
                null,
                new JsonObject()
                        .put("name", collection)
                        .put("embedding", new JsonObject().put("model", "none").put("dimensions", DIMENSIONS)));
        StringBuilder lines = new StringBuilder();
        for (int key = 0; key < KEYS; key++) {
            lines.append(document(key).encode()).append('\n');
        }
        send("POST", "/documents:import", lines.toString());
    }

    private JsonObject document(int key) {
        JsonArray vector = new JsonArray();
        for (int i = 0; i < DIMENSIONS; i++) {
            vector.add(random.nextFloat() + 0.01f);
        }
        return new JsonObject()
                .put("key", "key-" + key)
                .put("title", "Document " + key)
                .put("content", "everywhere tea water leaf rock river cloud engine paper copper bridge ".repeat(3))
                .put(
                        "metadata",
                        new JsonObject()
                                .put("group", key % GROUPS)
                                .put("tags", new JsonArray().add("a").add("b")))
                .put("vector", vector);
    }

    private String putScript() {
        return """
                local n = 0
                request = function()
                  n = n + 1
                  local vector = {}
                  for i = 1, %d do vector[i] = string.format("%%.3f", math.random() + 0.01) end
                  local body = '{"title":"Document","content":"everywhere tea water ' .. n .. ' leaf rock river","metadata":{"group":'
                    .. n %% %d .. '},"vector":[' .. table.concat(vector, ",") .. ']}'
                  return wrk.format("PUT", "/v1/collections/%s/documents/key-" .. math.random(0, %d),
                    {["Content-Type"] = "application/json"}, body)
                end
                """.formatted(DIMENSIONS, GROUPS, collection, KEYS - 1);
    }

    private String address(String path) {
        return "/v1/collections/" + collection + path;
    }

    private double rate(URI base, List<String> request, int connections) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s"));
        command.addAll(request.subList(0, request.size() - 1));
        command.add(base.resolve(request.getLast()).toString());
        Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
        String report = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(report);
        if (!client.waitFor(1, TimeUnit.MINUTES) || !rate.find()) {
            throw new IllegalStateException(report);
        }
        Matcher refused = REFUSED.matcher(report);
        if (refused.find()) {
            System.err.println(refused.group());
        }
        return Double.parseDouble(rate.group(1));
    }

    private void send(String method, String path, Object body) throws IOException, InterruptedException {
        URI address = service.resolve(path == null ? "/v1/collections" : address(path));
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", body instanceof String ? "application/x-ndjson" : "application/json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(
                                        body instanceof JsonObject json ? json.encode() : body.toString()));
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(address + ": " + answer.body());
        }
    }
}
