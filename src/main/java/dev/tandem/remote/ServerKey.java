package dev.tandem.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secret for a server, if it needs one. It appears in one header, and in nothing that people read. */
public final class ServerKey {

    private static final String HIDDEN = "***";

    private final ServerRules rules;
    private final @Nullable Path file;
    private volatile @Nullable String secret;

    private ServerKey(ServerRules rules, @Nullable Path file, @Nullable String secret) {
        this.rules = rules;
        this.file = file;
        this.secret = secret;
    }

    /**
     * Reads the file if there is one.
     *
     * @throws IllegalStateException if it can't be read, or if the secret could not be sent
     */
    public static ServerKey of(ServerRules rules, Optional<String> key, Optional<Path> keyFile) {
        Path file = keyFile.orElse(null);
        String secret =
                file == null ? key.map(said -> checked(rules, "key", said)).orElse(null) : read(rules, file);
        return new ServerKey(rules, file, secret);
    }

    public Map<String, String> headers() {
        String present = secret;
        return present == null ? Map.of() : Map.of("Authorization", "Bearer " + present);
    }

    boolean isOfFile() {
        return file != null;
    }

    /** Reads the file again; this blocks. A file that can't be read now changes nothing. */
    void refresh() {
        if (file != null) {
            secret = read(rules, file);
        }
    }

    /** The text without the secret, in case the server repeats it. */
    String hide(String text) {
        String present = secret;
        return present == null ? text : text.replace(present, HIDDEN);
    }

    private static String read(ServerRules rules, Path file) {
        try {
            return checked(rules, "key-file", Files.readString(file));
        } catch (IOException e) {
            // The kind of the failure alone: its message may repeat what was read.
            throw rules.wrong(
                    "key-file",
                    "'%s' can't be read (%s)".formatted(file, e.getClass().getSimpleName()));
        }
    }

    private static String checked(ServerRules rules, String setting, String said) {
        String key = said.strip();
        rules.require(
                !key.isEmpty() && key.chars().allMatch(c -> c > ' ' && c < 0x7F),
                setting,
                "a secret is one word of printable ASCII characters");
        return key;
    }

    @Override
    public String toString() {
        return secret == null ? "ServerKey[none]" : "ServerKey[" + HIDDEN + "]";
    }
}
