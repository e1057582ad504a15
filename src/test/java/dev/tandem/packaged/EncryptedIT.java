package dev.tandem.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.testing.Authority;
import dev.tandem.testing.PackagedService;
import dev.tandem.testing.PostgresServer;
import dev.tandem.testing.Thorough;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS on both sides: callers and the service, the service and a PostgreSQL that accepts nothing else. */
@Thorough
class EncryptedIT {

    @TempDir
    static Path folder;

    private static Authority authority;
    private static PostgresServer postgres;

    @BeforeAll
    static void start() throws Exception {
        authority = Authority.in(folder.resolve("authority"));
        postgres = PostgresServer.create(folder.resolve("data"));
        postgres.encrypt(authority);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        postgres.close();
    }

    @Test
    void bothSidesAreEncryptedAndVerified() throws Exception {
        String[] settings = settings(
                authority,
                "quarkus.http.ssl.certificate.files=" + authority.server(),
                "quarkus.http.ssl.certificate.key-files=" + authority.key(),
                "quarkus.http.insecure-requests=disabled",
                "quarkus.http.ssl-port=0");
        assertThat(Databases.command("migrate", settings)).startsWith("0\n").contains("applied ");
        try (PackagedService service = PackagedService.start(folder, settings)) {
            int port = service.base().getPort();
            for (Version version : Version.values()) {
                HttpResponse<String> answer = create(trusting(version), "https", port, version);
                assertThat(answer.statusCode()).isEqualTo(201);
                assertThat(answer.version()).isEqualTo(version);
                assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                        .hasValue("max-age=31536000");
                assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                        .hasValue("nosniff");
            }
            assertThat(raw(port, "GET /v1/collections HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("http.folded_header");
            assertThatThrownBy(() -> create(HttpClient.newHttpClient(), "https", port, Version.HTTP_1_1))
                    .isInstanceOf(SSLHandshakeException.class);
            assertThatThrownBy(() -> create(HttpClient.newHttpClient(), "http", port, Version.HTTP_1_1))
                    .isInstanceOf(IOException.class);
            assertThat(plainConnections()).isZero();
        }
    }

    @Test
    void aDatabaseOfAnotherAuthorityIsNotTrusted() throws Exception {
        Authority other = Authority.in(folder.resolve("other"));
        assertThat(Databases.command("migrate", settings(other)))
                .startsWith("2\n")
                .contains("PKIX path");
        try (PackagedService service = PackagedService.launch(folder, settings(other))) {
            assertThat(service.exit()).isNotZero();
            assertThat(service.log()).contains("PKIX path");
        }
    }

    private static String[] settings(Authority ofDatabase, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "quarkus.datasource.reactive.url=postgresql://localhost:" + postgres.port() + "/postgres",
                "quarkus.datasource.username=postgres",
                "quarkus.datasource.password=postgres",
                "tandem.database.ca-file=" + ofDatabase.own()));
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }

    private static HttpClient trusting(Version version) throws Exception {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(authority.trusted())
                .build();
    }

    private static HttpResponse<String> create(HttpClient client, String scheme, int port, Version name)
            throws IOException, InterruptedException {
        String body = "{\"name\": \"" + name.name().toLowerCase(Locale.ROOT).replace('_', '-')
                + "\", \"embedding\": {\"model\": \"none\", \"dimensions\": 2}}";
        return client.send(
                HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port + "/v1/collections"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** What comes back until the service closes the connection. */
    private static String raw(int port, String octets) throws Exception {
        try (Socket socket = authority.trusted().getSocketFactory().createSocket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** How many connections of the service PostgreSQL has that are not encrypted. */
    private static long plainConnections() throws Exception {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select count(*) filter (where not ssl), count(*) filter (where ssl)
                        from pg_stat_ssl join pg_stat_activity using (pid)
                        where application_name like 'tandem%'
                        """)) {
            rows.next();
            assertThat(rows.getLong(2)).isPositive();
            return rows.getLong(1);
        }
    }
}
