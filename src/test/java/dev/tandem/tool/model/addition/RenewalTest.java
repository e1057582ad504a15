package dev.tandem.tool.model.addition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.project.Change;
import dev.tandem.tool.model.project.Diff;
import dev.tandem.tool.model.project.Outcome;
import dev.tandem.tool.model.project.Texts;
import dev.tandem.tool.model.render.ArgumentLists;
import dev.tandem.tool.model.render.MemoryCompiler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was changed by hand survives when a model gets more fields. */
class RenewalTest {

    private static final int LISTS = 30;

    private static final List<String> FIELDS =
            List.of("name:string:1..200:required", "kind:enum:person,group", "born:date");
    private static final List<String> MORE = Stream.concat(
                    FIELDS.stream(),
                    Stream.of("nickname:string:0..100:unique", "price:decimal:10,2", "labels:list:string:20"))
            .toList();

    private static final String MAIN = "src/main/java/dev/tandem/";
    private static final String TEST = "src/test/java/dev/tandem/";
    private static final String RECORD = MAIN + "domain/author/Author.java";
    private static final String SERVICE = MAIN + "service/author/AuthorService.java";

    private record Edit(String path, String from, String to) {}

    /** At least one in each kind of file. */
    private static final List<Edit> EDITS = List.of(
            new Edit(RECORD, "import java.time.Instant;", "import java.net.URI;\nimport java.time.Instant;"),
            new Edit(
                    RECORD,
                    "    private Author with(",
                    "    public URI place() {\n        return URI.create(\"author:\" + id);\n    }\n\n    private Author with("),
            new Edit(MAIN + "domain/author/AuthorKind.java", "    GROUP\n", "    GROUP,\n    ROBOT\n"),
            new Edit(
                    MAIN + "database/entity/AuthorEntity.java",
                    "    public Instant updatedAt;\n",
                    "    public Instant updatedAt;\n\n    @Column(name = \"seen_at\")\n    public Instant seenAt;\n"),
            new Edit(
                    MAIN + "database/mapper/AuthorMapper.java",
                    "        row.id = author.id();\n",
                    "        row.id = author.id();\n        row.seenAt = author.updatedAt();\n"),
            new Edit(MAIN + "factory/author/AuthorDraft.java", "not checked yet.", "not checked by anybody yet."),
            new Edit(
                    MAIN + "factory/author/AuthorFactory.java",
                    "        Violations violations = new Violations();\n",
                    "        Violations violations = new Violations();\n"
                            + "        violations.require(draft.born() != null, \"/born\", \"author.unborn\", \"Born.\");\n"),
            new Edit(MAIN + "factory/author/AuthorPatch.java", "The description that", "That which"),
            new Edit(
                    MAIN + "repository/AuthorRepository.java",
                    "    private Uni<Author> found(",
                    "    public Uni<Long> count() {\n        return AuthorEntity.count();\n    }\n\n    private Uni<Author> found("),
            new Edit(
                    SERVICE,
                    "        return unitOfWork.read(() -> authors.get(id));",
                    "        return unitOfWork.heavy().read(() -> authors.get(id));"),
            new Edit(MAIN + "api/author/AuthorRequest.java", "The body that describes", "What describes"),
            new Edit(MAIN + "api/author/AuthorResource.java", "\"List authors, oldest first\"", "\"Authors by age\""),
            new Edit(MAIN + "api/author/AuthorView.java", "An author in an answer.", "How an author is shown."),
            new Edit(MAIN + "api/author/package-info.java", "Authors over HTTP.", "Authors in HTTP."),
            new Edit(TEST + "testing/AuthorSamples.java", "What a factory makes", "That which a factory makes"),
            new Edit(
                    TEST + "factory/author/AuthorFactoryTest.java",
                    "    private List<Violation> violations(",
                    "    @Test\n    void hasOneMore() {}\n\n    private List<Violation> violations("),
            new Edit(
                    TEST + "database/mapper/AuthorMapperTest.java",
                    "class AuthorMapperTest {\n",
                    "class AuthorMapperTest {\n\n    @Test\n    void hasOneMore() {}\n"),
            new Edit(
                    TEST + "repository/AuthorRepositoryComponentTest.java",
                    "class AuthorRepositoryComponentTest {\n",
                    "class AuthorRepositoryComponentTest {\n\n    private static final int ONE_MORE = 1;\n"),
            new Edit(
                    TEST + "api/author/AuthorApiTest.java",
                    "    /** Makes an author; returns its id. */",
                    "    @Test\n    void hasOneMore() {}\n\n    /** Makes an author; returns its id. */"),
            new Edit("docs/api.md", "Lists authors, oldest first.", "Lists authors by their age."),
            new Edit("docs/problems.md", "422. A date such as 2024-02-29.\n", "422. A date.\n"));

    @TempDir
    Path scratch;

    @Test
    void aModelThatGotItsLastFieldLaterIsTheSame() {
        ArgumentLists lists = new ArgumentLists(20_261_128L);
        int made = 0;
        for (int i = 0; i < LISTS; i++) {
            List<String> fields = lists.next();
            if (fields.size() > 1 && isSound(fields)) {
                WrittenModel once = new WrittenModel(scratch.resolve(i + "/once"), "author", fields);
                WrittenModel later = new WrittenModel(scratch.resolve(i + "/later"), "author", fields.subList(0, 1));
                assertThat(later.renew(fields)).isEmpty();
                assertThat(later.files()).as("%s", fields).isEqualTo(once.files());
                made++;
            }
        }
        assertThat(made).isGreaterThan(LISTS / 5);
    }

    private static boolean isSound(List<String> fields) {
        try {
            WrittenModel.model("author", fields);
            return true;
        } catch (ModelRefusal refusal) {
            return false;
        }
    }

    @Test
    void editsInEachKindOfFileSurvive() {
        WrittenModel model = new WrittenModel(scratch.resolve("edited"), "author", FIELDS);
        EDITS.forEach(edit -> model.edit(edit.path(), edit.from(), edit.to()));
        assertThat(model.sources().keySet())
                .as("files without an edit")
                .filteredOn(path -> EDITS.stream().noneMatch(edit -> edit.path().equals(path)))
                .allMatch(path -> path.endsWith("package-info.java"));
        assertThat(model.renew(MORE)).isEmpty();
        assertThat(MemoryCompiler.errors(model.sources())).isEmpty();
        EDITS.reversed().forEach(edit -> model.edit(edit.path(), edit.to(), edit.from()));
        assertThat(model.files()).isEqualTo(new WrittenModel(scratch.resolve("once"), "author", MORE).files());
    }

    @Test
    void whatIsChangedAtTheSamePlaceStaysAndIsInThePatch() {
        Path root = scratch.resolve("same");
        WrittenModel model = new WrittenModel(root, "author", FIELDS);
        model.edit(RECORD, "        @Nullable LocalDate born,\n", "        @Nullable LocalDate born, // by hand\n");
        model.edit("docs/api.md", "| `born` | optional | A date such as", "| `born` | optional | Born, such as");
        List<Change> leftovers = model.renew(MORE);
        assertThat(leftovers)
                .extracting(Change::path)
                .containsExactlyInAnyOrder(Path.of(RECORD), Path.of("docs/api.md"));
        assertThat(model.files().get(RECORD))
                .contains("born, // by hand\n        long version", "other.nickname")
                .doesNotContain("<<<<<<<", ">>>>>>>");
        assertThat(model.files().get("docs/api.md"))
                .contains("Born, such as", "\"nickname\": \"nickname\"")
                .doesNotContain("<<<<<<<", "| `nickname` | optional");
        Path patch = root.resolve("target/model/author.patch");
        Texts.write(patch, Diff.of(leftovers, model.checkout()));
        assertThat(Outcome.of(List.of("git", "apply", patch.toString()), root).code())
                .isZero();
        assertThat(model.files()).isEqualTo(new WrittenModel(scratch.resolve("once"), "author", MORE).files());
    }

    @Test
    void whatWasDeletedIsNotMadeAgainButIsInThePatch() throws Exception {
        Path root = scratch.resolve("deleted");
        WrittenModel model = new WrittenModel(root, "author", FIELDS);
        Files.delete(root.resolve(RECORD));
        Files.delete(root.resolve(MAIN + "api/author/package-info.java"));
        model.edit("docs/problems.md", "\n# Authors\n", "\n# Writers\n");
        List<Change> leftovers = model.renew(MORE);
        assertThat(leftovers)
                .extracting(Change::path)
                .containsExactlyInAnyOrder(Path.of(RECORD), Path.of("docs/problems.md"));
        assertThat(leftovers).extracting(Change::after).allSatisfy(text -> assertThat(text)
                .contains("nickname"));
        assertThat(model.files()).doesNotContainKey(RECORD);
        assertThat(model.files().get("docs/problems.md"))
                .contains("# Writers")
                .doesNotContain("# Authors", "author.nickname");
    }

    /** The base of a merge is what was written, not what would be written today. */
    @Test
    void filesThatOlderTemplatesHaveWrittenAreRenewed() {
        WrittenModel model = new WrittenModel(
                scratch.resolve("older"),
                "author",
                FIELDS,
                text -> text.replace("The use cases of authors.", "What authors are used for."));
        Edit edit = EDITS.stream()
                .filter(one -> one.path().equals(SERVICE))
                .findFirst()
                .orElseThrow();
        model.edit(SERVICE, edit.from(), edit.to());
        assertThat(model.renew(MORE)).isEmpty();
        assertThat(model.files().get(SERVICE))
                .contains(edit.to(), "The use cases of authors.")
                .doesNotContain("What authors are used for.");
    }
}
