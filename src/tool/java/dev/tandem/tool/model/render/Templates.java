package dev.tandem.tool.model.render;

import io.quarkus.qute.Engine;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The templates, which are resources. A name that a template uses and nobody gives is a mistake of the tool. */
final class Templates {

    private static final String FOLDER = "/dev/tandem/tool/model/";

    private final Engine engine = Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .build();
    private final Map<String, Template> parsed = new ConcurrentHashMap<>();

    /** The text that a template becomes. */
    String fill(String template, Map<String, ?> values) {
        TemplateInstance instance = parsed.computeIfAbsent(template, name -> engine.parse(read(name), null, name))
                .instance();
        // A brace before a name would begin an expression.
        instance.data("open", "{").data("close", "}");
        values.forEach(instance::data);
        return instance.render();
    }

    private static String read(String template) {
        try (InputStream resource =
                Objects.requireNonNull(Templates.class.getResourceAsStream(FOLDER + template), template)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
