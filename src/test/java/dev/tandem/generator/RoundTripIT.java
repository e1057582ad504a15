package dev.tandem.generator;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Models come, pass the whole suite, and go without a trace. {@code -Dgenerator.tests=Author*,HouseRulesTest} runs some tests instead of all.
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
        assertThat(copy.expect(0, model("new", AUTHOR))).contains("Nothing to do");
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
        copy.commit("Add countries");
        Path record = copy.root().resolve("src/main/java/dev/tandem/domain/country/Country.java");
        String written = Files.readString(record);
        Files.writeString(record, written + "// changed by hand\n");
        assertThat(copy.expect(1, model("undo", List.of("country")))).contains("changed", "Country.java");
        assertThat(copy.expect(0, model("status", List.of()))).contains("changed");
        Files.writeString(record, written);
        assertThat(copy.status()).isEmpty();
        copy.expect(0, model("undo", List.of("country")));
        assertThat(copy.status()).contains("drop_country.sql").doesNotContain("create_country.sql");
        copy.expect(0, "./db", "check");
    }

    private static String[] model(String verb, List<String> arguments, String... more) {
        return Stream.of(Stream.of("./model", verb), arguments.stream(), Stream.of(more))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }
}
