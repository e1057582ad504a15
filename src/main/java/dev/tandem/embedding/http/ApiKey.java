package dev.tandem.embedding.http;

import dev.tandem.embedding.http.ServersConfig.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The secret for a server, if it needs one. It appears in one header, and in nothing that people read. */
final class ApiKey {

    private static final String HIDDEN = "***";

    private final String server;
    private final @Nullable Path file;
    private volatile @Nullable String secret;

    private ApiKey(String server, @Nullable Path file, @Nullable String secret) {
        this.server = server;
        this.file = file;
        this.secret = secret;
    }

    /**
     * Reads the file if there is one.
     *
     * @throws IllegalStateException if it can't be read, or if the secret could not be sent
     */
    static ApiKey of(String name, Server server) {
        Path file = server.keyFile().orElse(null);
        String secret = file == null
                ? server.key().map(key -> checked(name, "key", key)).orElse(null)
                : read(name, file);
        return new ApiKey(name, file, secret);
    }

    Map<String, String> headers() {
        String present = secret;
        return present == null ? Map.of() : Map.of("Authorization", "Bearer " + present);
    }

    boolean isOfFile() {
        return file != null;
    }

    /** Reads the file again; this blocks. A file that can't be read now changes nothing. */
    void refresh() {
        if (file != null) {
            secret = read(server, file);
        }
    }

    /** The text without the secret, in case the server repeats it. */
    String hide(String text) {
        String present = secret;
        return present == null ? text : text.replace(present, HIDDEN);
    }

    private static String read(String name, Path file) {
        try {
            return checked(name, "key-file", Files.readString(file));
        } catch (IOException e) {
            // The kind of the failure alone: its message may repeat what was read.
            throw ServerSettings.wrong(
                    name,
                    "key-file",
                    "'%s' can't be read (%s)".formatted(file, e.getClass().getSimpleName()));
        }
    }

    private static String checked(String name, String setting, String said) {
        String key = said.strip();
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw ServerSettings.wrong(name, setting, "a secret is one word of printable ASCII characters");
        }
        return key;
    }

    @Override
    public String toString() {
        return secret == null ? "ApiKey[none]" : "ApiKey[" + HIDDEN + "]";
    }
}
