package dev.tandem.tool.model.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.Thorough;
import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.grammar.Model;
import dev.tandem.tool.model.grammar.ModelReader;
import dev.tandem.tool.model.types.ModelName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is asked for in whatever way compiles, or is refused by its name. */
class GeneratedModelsTest {

    private static final int LISTS = 200;
    private static final Map<String, ModelName> MODELS = Map.of("country", ModelName.of("country"));

    private final Renderer renderer = new Renderer();

    @Thorough
    @Test
    void whatIsNotRefusedCompiles() {
        ArgumentLists lists = new ArgumentLists(20_261_127L);
        Map<String, String> sources = new LinkedHashMap<>(renderer.sources(model("country", List.of("name:string"))));
        int made = 0;
        for (int i = 0; i < LISTS; i++) {
            List<String> fields = lists.next();
            try {
                sources.putAll(renderer.sources(model("sample" + i, fields)));
                made++;
            } catch (ModelRefusal refusal) {
                assertThat(refusal.getMessage().lines()).allSatisfy(reason -> assertThat(fields)
                        .anyMatch(field ->
                                reason.startsWith(field + ": ") || field.startsWith(reason.split(":", 2)[0] + ":")));
            }
        }
        assertThat(made).as("lists that are not refused").isBetween(LISTS / 5, LISTS * 4 / 5);
        assertThat(MemoryCompiler.errors(sources)).isEmpty();
    }

    @Test
    void everyTypeIsWrittenFormattedAndTheSameAgain() {
        for (boolean required : new boolean[] {false, true}) {
            Model model = model("everyType", ArgumentLists.ofEveryType(required));
            Rendered rendered = renderer.render(model);
            assertThat(new Renderer().render(model)).isEqualTo(rendered);
            Map<String, String> sources = new LinkedHashMap<>();
            rendered.files().forEach((path, text) -> sources.put(path.toString(), text));
            assertThat(MemoryCompiler.errors(sources)).isEmpty();
            SourceFormat format = new SourceFormat();
            rendered.files().forEach((path, text) -> assertThat(format.format(path.toString(), text))
                    .isEqualTo(text));
        }
    }

    @Test
    void everyTypeThatMetadataHasIsWrittenToo() {
        for (boolean required : new boolean[] {false, true}) {
            List<String> fields = new ArrayList<>(ArgumentLists.ofEveryType(required));
            fields.removeIf(field -> field.matches("\\w+:(text|json|string:0..10000).*"));
            String names = fields.stream().map(field -> field.split(":")[0]).collect(Collectors.joining(","));
            fields.addAll(List.of("name:string:required", "body:text", "country:ref:country"));
            List<String> parts = List.of("title=name", "content=body", "metadata=country," + names);
            Model model = new ModelReader(MODELS).read("everyType", null, fields, parts);
            Map<String, String> sources =
                    new LinkedHashMap<>(renderer.sources(model("country", List.of("name:string"))));
            renderer.render(model).files().forEach((path, text) -> sources.put(path.toString(), text));
            assertThat(MemoryCompiler.errors(sources)).isEmpty();
        }
    }

    /** A broken template is noticed by the compiler's words. */
    @Test
    void whatDoesNotCompileIsFound() {
        Map<String, String> sources = new LinkedHashMap<>(renderer.sources(model("sample", List.of("name:string"))));
        String record = "src/main/java/dev/tandem/domain/sample/Sample.java";
        sources.put(record, sources.get(record).replace("@Nullable String name", "@Nullable String title"));
        List<String> errors = new ArrayList<>(MemoryCompiler.errors(sources));
        assertThat(errors).isNotEmpty().anyMatch(error -> error.contains("name"));
    }

    @Test
    void writesNothingButNewFilesAndPiecesOfPages() {
        Rendered rendered = renderer.render(model("author", List.of("name:string:1..200:required:unique")));
        assertThat(rendered.files().keySet())
                .allMatch(path -> path.toString().toLowerCase(Locale.ROOT).contains("author"));
        assertThat(rendered.insertions())
                .extracting(Insertion::page)
                .contains(Path.of("docs/api.md"), Path.of("docs/problems.md"), Path.of("docs/security.md"));
    }

    private static Model model(String word, List<String> fields) {
        return new ModelReader(MODELS).read(word, null, fields);
    }
}
