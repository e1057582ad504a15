package dev.tandem.service.access;

import dev.tandem.domain.access.SecretHash;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The key with which the first keys are made. It is configured, and nothing of it is stored. */
@Singleton
public class RootKey {

    private static final int SHORTEST = 32;

    private final Optional<SecretHash> hash;

    RootKey(AccessConfig config) {
        this.hash = config.rootKeyFile().map(RootKey::read).or(config::rootKey).map(RootKey::checked);
    }

    /** Whether there is one. */
    public boolean isConfigured() {
        return hash.isPresent();
    }

    /** Whether this is the root key. */
    boolean is(String credential) {
        return hash.map(SecretHash.of(credential)::equals).orElse(false);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException("tandem.access.root-key-file cannot be read: " + file, e);
        }
    }

    private static SecretHash checked(String secret) {
        if (secret.length() < SHORTEST || !secret.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalStateException("The root key needs at least " + SHORTEST
                    + " visible ASCII characters, for example those of: openssl rand -base64 32");
        }
        return SecretHash.of(secret);
    }
}
