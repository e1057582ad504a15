package dev.tandem.tool.model.render;

import dev.tandem.tool.model.grammar.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a model adds to the pages of the documentation. */
final class Pages {

    static final Path API = Path.of("docs/api.md");
    static final Path PROBLEMS = Path.of("docs/problems.md");
    static final Path SECURITY = Path.of("docs/security.md");

    private static final String READ = " | 401 | 403 | 403 | yes | yes | yes | 403 |\n";
    private static final String WRITE = " | 401 | 403 | 403 | 403 | yes | yes | 403 |\n";

    private final Templates templates;

    Pages(Templates templates) {
        this.templates = templates;
    }

    List<Insertion> insertions(Model model) {
        Map<String, ?> values = Map.of("model", model, "name", model.name(), "fields", model.fields());
        String all = "/v1/" + model.name().path();
        Stream<String> searched =
                model.searchable() == null ? Stream.empty() : Stream.of("| `POST " + all + "/search`" + READ);
        Stream<Insertion> rights = Stream.concat(
                        searched,
                        Stream.of(
                                "| `DELETE " + all + "/{id}`" + WRITE,
                                "| `GET " + all + "`" + READ,
                                "| `GET " + all + "/{id}`" + READ,
                                "| `PATCH " + all + "/{id}`" + WRITE,
                                "| `POST " + all + "`" + WRITE,
                                "| `PUT " + all + "/{id}`" + WRITE))
                .map(row -> new Insertion(SECURITY, row));
        return Stream.concat(
                        Stream.of(
                                new Insertion(API, model.name().contentsLine() + "\n"),
                                new Insertion(API, section("docs/api.md.txt", values)),
                                new Insertion(PROBLEMS, section("docs/problems.md.txt", values))),
                        rights)
                .toList();
    }

    /** With one empty line behind it. */
    private String section(String template, Map<String, ?> values) {
        return templates.fill(template, values).strip() + "\n\n";
    }
}
