package dev.tandem.index.pinecone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the API key from the settings, or from the file that they name. No message contains it. */
final class ApiKey {

    private static final String SETTING = "tandem.engine.pinecone.api-key";

    private ApiKey() {}

    /** @throws IllegalArgumentException if there is no key, or something that can't be one */
    static String of(PineconeConfig config) {
        String key = config.apiKey()
                .or(() -> config.apiKeyFile().map(ApiKey::content))
                .orElse("")
                .strip();
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(SETTING + ", or the file " + SETTING + "-file, must contain a key.");
        }
        return key;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + SETTING + "-file can't be read.", e);
        }
    }
}
