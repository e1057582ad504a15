package dev.tandem.api.gate;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/** Limits for requests. */
@ConfigMapping(prefix = "tandem.api")
public interface ApiConfig {

    /** The largest accepted JSON body. Quarkus' own {@code quarkus.http.limits.max-body-size} must be well above. */
    @WithDefault("4M")
    MemorySize largestBody();

    /** The host names under which the service is called, without ports. Requests to others are refused. If there are none, any name will do. */
    Optional<Set<String>> hosts();
}
