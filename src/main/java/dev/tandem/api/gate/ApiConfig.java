package dev.tandem.api.gate;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits for requests. */
@ConfigMapping(prefix = "tandem.api")
public interface ApiConfig {

    /** The largest accepted JSON body. Quarkus' own {@code quarkus.http.limits.max-body-size} must be well above. */
    @WithDefault("4M")
    MemorySize largestBody();
}
