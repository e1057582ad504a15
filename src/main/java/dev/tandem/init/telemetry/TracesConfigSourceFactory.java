package dev.tandem.init.telemetry;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Turns traces on where a collector is named, and only there. The names of OpenTelemetry, as its operator for Kubernetes sets them, do as well as
 * those of Quarkus.
 */
public final class TracesConfigSourceFactory implements ConfigSourceFactory {

    private static final String ENDPOINT = "quarkus.otel.exporter.otlp.endpoint";
    private static final String DISABLED = "quarkus.otel.sdk.disabled";
    private static final String SHARE = "quarkus.otel.traces.sampler.arg";

    /** A request that is traced costs twice as much. */
    private static final String DEFAULT_SHARE = "0.1";

    /** Settings that OpenTelemetry names in the same way, without the first word. */
    private static final List<String> SHARED = List.of(
            ENDPOINT,
            "quarkus.otel.exporter.otlp.protocol",
            "quarkus.otel.exporter.otlp.headers",
            "quarkus.otel.service.name",
            "quarkus.otel.resource.attributes",
            SHARE);

    private static final int FIRST_WORD = "quarkus.".length();

    /** Below application.properties, so that every configured value takes precedence. */
    private static final int ORDINAL = 240;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> settings = new HashMap<>(Map.of(SHARE, DEFAULT_SHARE));
        for (String name : SHARED) {
            String value = value(context, name.substring(FIRST_WORD));
            if (value != null) {
                settings.put(name, value);
            }
        }
        boolean isNamed = settings.containsKey(ENDPOINT) || value(context, ENDPOINT) != null;
        boolean isDisabled = "true".equals(value(context, DISABLED.substring(FIRST_WORD)));
        settings.put(DISABLED, String.valueOf(!isNamed || isDisabled));
        return List.of(new PropertiesConfigSource(settings, "Tandem's traces", ORDINAL));
    }

    /** What somebody has set; null where there is only a default. */
    private static @Nullable String value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return value == null
                        || value.getValue() == null
                        || value.getValue().isBlank()
                        || value.getConfigSourceOrdinal() == Integer.MIN_VALUE
                ? null
                : value.getValue();
    }
}
