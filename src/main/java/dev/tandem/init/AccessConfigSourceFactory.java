package dev.tandem.init;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Lets a service that lets everybody in listen on its own machine only, unless it is told where to listen. Its value is below those of
 * application.properties, so that every configured one takes precedence.
 */
public final class AccessConfigSourceFactory implements ConfigSourceFactory {

    private static final String MODE = "tandem.access.mode";
    private static final String OPEN = "open";
    private static final String LOOPBACK = "localhost";
    private static final int ORDINAL = 240;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue mode = context.getValue(MODE);
        boolean isOpen = mode != null && OPEN.equalsIgnoreCase(mode.getValue());
        return isOpen
                ? List.of(new PropertiesConfigSource(
                        Map.of("quarkus.http.host", LOOPBACK, "quarkus.management.host", LOOPBACK),
                        "Tandem's open access",
                        ORDINAL))
                : List.of();
    }
}
