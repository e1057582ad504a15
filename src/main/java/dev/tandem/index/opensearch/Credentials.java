package dev.tandem.index.opensearch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What the service says to be let in. It is never logged. */
final class Credentials {

    private Credentials() {}

    /** The headers of every request; none if nobody signs in. */
    static Map<String, String> headers(OpenSearchConfig config) {
        Optional<String> whole = said(config.authorization(), config.authorizationFile());
        return whole.or(() -> config.username().map(user -> basic(user, password(config))))
                .map(header -> Map.of("Authorization", header))
                .orElse(Map.of());
    }

    private static String password(OpenSearchConfig config) {
        return said(config.password(), config.passwordFile())
                .orElseThrow(() -> new IllegalStateException(
                        "tandem.engine.opensearch.username is set, but neither password nor password-file is."));
    }

    private static String basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    private static Optional<String> said(Optional<String> value, Optional<Path> file) {
        return file.map(Credentials::read).or(() -> value);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " with a secret for OpenSearch cannot be read.", e);
        }
    }
}
