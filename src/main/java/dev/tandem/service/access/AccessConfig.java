package dev.tandem.service.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Who is let in. */
@ConfigMapping(prefix = "tandem.access")
public interface AccessConfig {

    /** Whether callers must show who they are. If it is open, anybody may do anything, and the service listens on this machine only unless {@code quarkus.http.host} is set. */
    @WithDefault("keys")
    Mode mode();

    /** A secret of at least 32 characters that manages keys and does nothing else. */
    Optional<String> rootKey();

    /** A file with that secret; it is read when the service starts, and a line break at its end does not count. */
    Optional<Path> rootKeyFile();

    /** How long a replica goes on letting a key in after it was revoked elsewhere. */
    @WithDefault("5s")
    Duration keyCache();

    /** How often uses of keys and refusals are written down. */
    @WithDefault("30s")
    Duration notes();

    /** How long entries of the audit are kept. */
    @WithDefault("365d")
    Duration auditRetention();

    /** How callers show who they are. */
    enum Mode {
        /** By a key, or by a token if these are accepted. */
        KEYS,
        /** Not at all. */
        OPEN
    }
}
