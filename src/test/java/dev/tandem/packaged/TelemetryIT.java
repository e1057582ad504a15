package dev.tandem.packaged;

import static dev.tandem.testing.Waiting.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.tandem.testing.PackagedService;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The log and the traces of the jar that is shipped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TelemetryIT {

    private static final String ROOT_KEY = "0123456789abcdef0123456789abcdef";
    private static final String REQUEST = "telemetry-1";
    private static final String PARENT = "4bf92f3577b34da6a3ce929d0e0e4736";

    private Databases databases;
    private TraceCollector collector;
    private PackagedService service;
    private String key;

    @BeforeAll
    void startService(@TempDir java.nio.file.Path folder) throws Exception {
        databases = Databases.start();
        collector = TraceCollector.start();
        service = PackagedService.start(
                folder,
                databases.settings(
                        "quarkus.datasource.reactive.url=",
                        "telemetry",
                        List.of(
                                "tandem.access.mode=keys",
                                "tandem.access.root-key=" + ROOT_KEY,
                                // As an environment of OpenTelemetry names them.
                                "otel.exporter.otlp.endpoint=" + collector.address(),
                                "otel.exporter.otlp.protocol=http/protobuf",
                                "otel.traces.sampler.arg=1.0",
                                "quarkus.otel.bsp.schedule.delay=100ms",
                                "quarkus.log.category.\"org.hibernate.SQL\".level=DEBUG")));
        JsonObject made = new JsonObject(service.send(
                        "POST",
                        "/v1/keys",
                        "{\"name\":\"k\",\"grants\":[{\"collections\":\"*\",\"right\":\"admin\"}]}",
                        "Authorization",
                        "Bearer " + ROOT_KEY)
                .body());
        key = "Bearer " + made.getString("key");
        ask("POST", "/v1/collections", "{\"name\":\"notes\"}");
        ask("PUT", "/v1/collections/notes/documents/a", "{\"content\":\"hello\"}", "Prefer", "wait=20");
    }

    @AfterAll
    void stopService() throws Exception {
        service.close();
        collector.close();
        databases.close();
    }

    @Test
    void aTraceLeadsFromTheRequestToItsStatements() throws Exception {
        ask(
                "POST",
                "/v1/collections/notes/search",
                "{\"query\":\"hello\"}",
                "traceparent",
                "00-" + PARENT + "-00f067aa0ba902b7-01");

        await().atMost(PATIENCE)
                .until(() -> trace(PARENT).anyMatch(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER));
        Span request = trace(PARENT)
                .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
                .findFirst()
                .orElseThrow();
        assertThat(request.getName()).isEqualTo("POST /v1/collections/{name}/search");
        List<Span> parts = children(request);
        assertThat(parts)
                .extracting(Span::getName)
                .containsExactly("SELECT collection", "search embedding", "search candidates", "search rows");
        Span rows = parts.stream()
                .filter(span -> span.getName().equals("search rows"))
                .findFirst()
                .orElseThrow();
        assertThat(children(rows)).isNotEmpty().allMatch(span -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT);
    }

    @Test
    void workThatNoRequestWaitsForHasTracesOfItsOwn() {
        for (String name : List.of("embed", "follow")) {
            await().atMost(PATIENCE).until(() -> collector.spans().stream()
                    .anyMatch(span -> span.getName().equals(name)
                            && span.getParentSpanId().isEmpty()));
        }
        Span followed = collector.spans().stream()
                .filter(span -> span.getName().equals("follow"))
                .findFirst()
                .orElseThrow();
        assertThat(children(followed)).isNotEmpty();
        // A write pokes the loops that look for work, but their looks are no part of it.
        assertThat(collector.spans()).noneMatch(span -> span.getAttributesList().stream()
                .anyMatch(attribute -> attribute.getValue().getStringValue().contains("skip locked")));
    }

    @Test
    void theLogSaysOfEachEventWhichRequestAndWhoseItIs() throws Exception {
        ask("PUT", "/v1/collections/notes/documents/b", "{\"content\":\"hello\"}", "X-Request-Id", REQUEST);

        List<JsonObject> events = log().stream()
                .filter(event -> REQUEST.equals(
                        event.getJsonObject("mdc", new JsonObject()).getString("requestId")))
                .toList();
        assertThat(events).isNotEmpty().allSatisfy(event -> assertThat(
                        event.getJsonObject("mdc").getString("traceId"))
                .hasSize(32));
        // Before it was found in the database, nobody knew whose the key is.
        assertThat(events.getLast().getJsonObject("mdc").getString("caller")).startsWith("key:");
    }

    /** A statement of several lines, a stack trace: each is one event, and one line. */
    @Test
    void everyLineOfTheLogIsAnEvent() throws Exception {
        assertThat(log()).hasSizeGreaterThan(5).allSatisfy(event -> assertThat(event.fieldNames())
                .contains("timestamp", "level", "loggerName", "message"));
    }

    private void ask(String method, String path, String json, String... headers) throws Exception {
        String[] all = Stream.concat(Stream.of("Authorization", key), Stream.of(headers))
                .toArray(String[]::new);
        assertThat(service.send(method, path, json, all).statusCode()).isLessThan(300);
    }

    private List<JsonObject> log() throws IOException {
        return service.log()
                .lines()
                // The JVM and the logo speak for themselves.
                .dropWhile(line -> !line.startsWith("{"))
                .map(JsonObject::new)
                .toList();
    }

    private Stream<Span> trace(String id) {
        return collector.spans().stream().filter(span -> hex(span.getTraceId()).equals(id));
    }

    private List<Span> children(Span parent) {
        return collector.spans().stream()
                .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
                .toList();
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
