package dev.tandem.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Models come, pass the whole suite, and go without a trace. {@code -Dgenerator.tests=Author*Test,HouseRulesTest} runs some tests instead of all.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RoundTripIT {

    private static final Path FOLDER = Path.of("target/generator/project").toAbsolutePath();
    private static final String TESTS = System.getProperty("generator.tests", "");

    private static final List<String> COUNTRY = List.of("country", "name:string:2..60:required:unique");
    private static final List<String> AUTHOR = List.of(
            "author",
            "name:string:1..200:required:unique",
            "kind:enum:person,group",
            "born:date",
            "url:uri",
            "labels:list:string:20",
            "country:ref:country:restrict");
    private static final List<String> RECIPE = List.of(
            "recipe",
            "title:string:required",
            "body:text",
            "minutes:int:0..10000",
            "--searchable",
            "title=title",
            "content=body",
            "metadata=minutes");

    private static final List<String> REVIEW = List.of(
            "bookReview",
            "title:string:0..100",
            "body:text:required",
            "rank:int:0..10",
            "pages:int:required",
            "score:long",
            "big:long:1..100:required",
            "price:decimal:10,2",
            "weight:decimal:5,3:required",
            "good:bool",
            "open:bool:required",
            "at:instant:required",
            "day:date:required",
            "token:uuid:unique",
            "site:uri:required",
            "kind:enum:short,long:required",
            "extra:json",
            "more:json:required",
            "ranks:list:int:3",
            "codes:list:string:2..4:2:required",
            "country:ref:country:cascade",
            "origin:ref:country:detach",
            "home:ref:country:required:unique");

    @Test
    @Order(1)
    void modelsOfAllTypesPassTheSuiteAndGoWithoutATrace() throws Exception {
        Copy copy = Copy.in(FOLDER);
        copy.expect(0, model("new", COUNTRY));
        Path patch = copy.root().resolve("target/author.patch");
        Files.writeString(
                patch, copy.expect(0, model("new", AUTHOR, "--diff")).replaceFirst("(?s)\\A.*?(?=diff --git)", ""));
        copy.expect(0, "git", "apply", "--check", patch.toString());
        copy.expect(0, model("new", AUTHOR));
        copy.expect(0, model("new", REVIEW));
        copy.expect(0, model("new", RECIPE));
        assertThat(copy.expect(0, model("new", AUTHOR))).contains("Nothing to do");
        assertThat(copy.expect(0, model("new", RECIPE))).contains("Nothing to do");
        copy.expect(0, model("add", List.of("recipe", "servings:int:1..100")));
        assertThat(copy.expect(2, model("undo", List.of("country")))).contains("author, bookReview");
        assertThat(copy.expect(0, "git", "diff", "--name-only").lines())
                .as("files that existed")
                .containsExactly("docs/api.md", "docs/problems.md", "docs/security.md");
        copy.expect(0, "./db", "check");
        List<String> suite = new ArrayList<>(List.of("./mvnw", "-B", TESTS.isEmpty() ? "verify" : "test"));
        if (!TESTS.isEmpty()) {
            suite.add("-Dtest=" + TESTS);
        }
        copy.expect(0, suite.toArray(String[]::new));
        copy.expect(0, "./mvnw", "-B", "verify", "-Pgenerator", "-Dit.test=" + RecipeInStep.class.getSimpleName());
        copy.expect(0, model("undo", List.of("recipe")));
        copy.expect(0, model("undo", List.of("bookReview")));
        copy.expect(0, model("undo", List.of("author")));
        copy.expect(0, model("undo", List.of("country")));
        assertThat(copy.status()).isEmpty();
    }

    @Test
    @Order(2)
    void whatWasChangedStaysAndWhatWasSharedIsDroppedByARevision() throws Exception {
        Copy copy = new Copy(FOLDER);
        copy.expect(0, model("new", COUNTRY));
        copy.expect(0, model("new", RECIPE));
        copy.commit("Add countries and recipes");
        Path record = copy.root().resolve("src/main/java/dev/tandem/domain/country/Country.java");
        String written = Files.readString(record);
        Files.writeString(record, written + "// changed by hand\n");
        assertThat(copy.expect(1, model("undo", List.of("country")))).contains("changed", "Country.java");
        assertThat(copy.expect(0, model("status", List.of()))).contains("changed");
        Files.writeString(record, written);
        assertThat(copy.status()).isEmpty();
        copy.expect(0, model("undo", List.of("country")));
        copy.expect(0, model("undo", List.of("recipe")));
        assertThat(copy.status())
                .contains("drop_country.sql", "drop_recipe.sql")
                .doesNotContain("create_country.sql", "create_recipe.sql");
        copy.expect(0, "./db", "check");
        assertThat(scripts(copy.root().resolve("src/main/resources/db/migration"), "drop_recipe.sql"))
                .contains("delete from collection where name = 'recipes'");
        assertThat(scripts(copy.root().resolve("src/tool/resources/undo"), "create_recipe.sql"))
                .contains("delete from collection where name = 'recipes'");
    }

    private static String scripts(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.filter(path -> path.toString().endsWith(end)).toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }

    @Test
    @Order(3)
    void fieldsThatComeLaterAreAsIfTheyHadAlwaysBeenThere() throws Exception {
        Copy copy = Copy.in(FOLDER);
        copy.expect(0, model("new", COUNTRY));
        List<String> first = AUTHOR.subList(0, 3);
        List<String> later = new ArrayList<>(List.of("author"));
        later.addAll(AUTHOR.subList(3, AUTHOR.size()));
        later.addAll(List.of("rank:int:0..10:required", "--backfill", "rank=0"));
        copy.expect(0, model("new", first));
        Path record = copy.root().resolve("src/main/java/dev/tandem/domain/author/Author.java");
        String edit = "    /** The name alone. */\n    public String said() {\n        return name;\n    }\n\n";
        Files.writeString(
                record,
                Files.readString(record).replace("    private Author with(", edit + "    private Author with("));
        Path patch = copy.root().resolve("target/more.patch");
        Files.writeString(
                patch, copy.expect(0, model("add", later, "--diff")).replaceFirst("(?s)\\A.*?(?=diff --git)", ""));
        copy.expect(0, "git", "apply", "--check", patch.toString());
        copy.expect(0, model("add", later));
        assertThat(copy.expect(0, model("add", later))).contains("Nothing to do");
        assertThat(Files.readString(record)).contains(edit, "labels");
        copy.expect(0, "./db", "check");
        copy.expect(
                0,
                "./mvnw",
                "-B",
                "test",
                "-Dtest=" + (TESTS.isEmpty() ? "Author*Test,HouseRulesTest,DocumentationTest" : TESTS));
        assertThat(copy.expect(1, model("undo", List.of("author")))).contains("Author.java");
        Files.writeString(record, Files.readString(record).replace(edit, ""));
        copy.expect(0, model("undo", List.of("author")));
        copy.expect(0, model("undo", List.of("country")));
        assertThat(copy.status()).isEmpty();
    }

    @Test
    @Order(4)
    void whatIsChangedAtTheSamePlaceIsLeftInAPatch() throws Exception {
        Copy copy = new Copy(FOLDER);
        copy.expect(0, model("new", COUNTRY));
        Path entity = copy.root().resolve("src/main/java/dev/tandem/database/entity/CountryEntity.java");
        String column = "    @Column(name = \"code\", length = 2)\n    public String code;\n\n";
        String before = "    @Column(nullable = false)\n    public long version;";
        Files.writeString(entity, Files.readString(entity).replace(before, column + before));
        assertThat(copy.expect(1, model("add", List.of("country", "area:int"))))
                .contains("by hand", "CountryEntity.java", "./db revision --autogenerate -m \"add area to country\"");
        assertThat(Files.readString(entity)).contains(column).doesNotContain("<<<<", "area");
        copy.expect(0, "git", "apply", "target/model/country.patch");
        assertThat(Files.readString(entity)).contains("public Integer area;");
        assertThat(copy.expect(2, model("add", List.of("country", "size:int")))).contains("country.patch");
        Files.delete(copy.root().resolve("target/model/country.patch"));
        copy.expect(0, model("undo", List.of("country")));
        assertThat(copy.status()).isEmpty();
    }

    @Test
    @Order(5)
    void theCommandsOfTheTutorialWork() throws Exception {
        Copy copy = Copy.in(FOLDER);
        List<String> commands = Files.readAllLines(Path.of("docs/ten-steps.md")).stream()
                .filter(line -> line.matches("\\./model (new|add) .*"))
                .toList();
        assertThat(commands).hasSize(4);
        for (String command : commands) {
            copy.expect(0, command.split(" ", -1));
        }
        copy.expect(0, "./db", "check");
        copy.expect(
                0, "./mvnw", "-B", "test", "-Dtest=" + (TESTS.isEmpty() ? "Author*Test,Book*Test,Recipe*Test" : TESTS));
        for (String model : List.of("recipe", "book", "author")) {
            copy.expect(0, model("undo", List.of(model)));
        }
        assertThat(copy.status()).isEmpty();
    }

    private static String[] model(String verb, List<String> arguments, String... more) {
        return Stream.of(Stream.of("./model", verb), arguments.stream(), Stream.of(more))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }
}
