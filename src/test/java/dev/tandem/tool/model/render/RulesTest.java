package dev.tandem.tool.model.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.testing.Thorough;
import dev.tandem.tool.model.grammar.Model;
import dev.tandem.tool.model.grammar.ModelReader;
import dev.tandem.tool.model.types.Field;
import dev.tandem.tool.model.types.ModelName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of a generated factory has a sample in the generated tests that only this rule refuses. */
@Thorough
class RulesTest {

    private static final String FACTORY = "src/main/java/dev/tandem/factory/everytype/EveryTypeFactory.java";

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withoutAnyOfItsRulesAFactoryFailsItsTest(boolean required) throws Exception {
        Model model = new ModelReader(Map.of("country", ModelName.of("country")))
                .read("everyType", null, ArgumentLists.ofEveryType(required));
        Map<String, String> sources = sources(model);
        Path classes = scratch.resolve("classes");
        MemoryCompiler.compile(sources, classes);
        assertThat(isAsTested(classes)).as("with all of its rules").isTrue();
        String factory = String.valueOf(sources.get(FACTORY));
        int number = 0;
        for (Field field : model.fields()) {
            for (String rule : field.rules()) {
                assertThat(factory).containsOnlyOnce(rule);
                Path without = scratch.resolve("without" + number++);
                sources.put(FACTORY, factory.replace(rule, ""));
                MemoryCompiler.compile(sources, without);
                assertThat(isAsTested(without)).as("without " + rule).isFalse();
            }
        }
        assertThat(number).isGreaterThan(20);
    }

    private static Map<String, String> sources(Model model) {
        Map<String, String> sources = new LinkedHashMap<>(new Renderer().sources(model));
        sources.keySet()
                .removeIf(path ->
                        !path.contains("/domain/") && !path.contains("/factory/") && !path.contains("/testing/"));
        sources.keySet().removeIf(path -> path.endsWith("Test.java"));
        return sources;
    }

    /** Whether each sample that the tests of the factory take for broken is refused as they say. */
    private static boolean isAsTested(Path classes) throws Exception {
        URL[] urls = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, RulesTest.class.getClassLoader())) {
            Class<?> samples = loader.loadClass("dev.tandem.testing.EveryTypeSamples");
            Method with = samples.getMethod("with", String.class, Object.class);
            Method made = samples.getMethod("made", Map.class);
            List<Arguments> broken = ((Stream<?>) samples.getMethod("broken").invoke(null))
                    .map(Arguments.class::cast)
                    .toList();
            assertThat(broken).isNotEmpty();
            for (Arguments one : broken) {
                Object[] values = one.get();
                if (!isRefused(made, with.invoke(null, values[0], values[1]), values[2], values[3])) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean isRefused(Method made, @Nullable Object members, Object pointer, Object code)
            throws IllegalAccessException {
        try {
            made.invoke(null, members);
            return false;
        } catch (InvocationTargetException e) {
            return e.getCause() instanceof Refusal.Rejected refusal
                    && refusal.violations().stream()
                            .anyMatch(found -> found.pointer().equals(pointer)
                                    && found.code().equals(code));
        }
    }
}
