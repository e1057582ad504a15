package dev.tandem.tool.model.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.tool.migration.command.Console;
import dev.tandem.tool.migration.command.ExitCode;
import dev.tandem.tool.model.addition.WrittenModel;
import dev.tandem.tool.model.project.Checkout;
import dev.tandem.tool.model.project.Texts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code add} refuses before it changes anything, and how it says so. */
class AddVerbTest {

    @TempDir
    Path root;

    private final StringWriter said = new StringWriter();

    @BeforeEach
    void write() {
        new WrittenModel(root, "country", List.of("name:string:2..60:required:unique"));
        new WrittenModel(root, "author", List.of("name:string:1..200:required", "country:ref:country"));
    }

    @Test
    void theSameFieldAgainIsNothingToDo() {
        assertThat(add("author", "country:ref:country", "name:string:1..200:required"))
                .isEqualTo(ExitCode.OK);
        assertThat(said.toString()).contains("Nothing to do");
    }

    @Test
    void aRequiredFieldNeedsAValueForRowsThatExist() {
        assertThat(add("author", "rank:int:0..10:required", "code:string:required", "kind:enum:a,b"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString().lines())
                .anyMatch(line -> line.startsWith("rank: ") && line.contains("--backfill \"rank=..\""))
                .anyMatch(line -> line.startsWith("code: "))
                .noneMatch(line -> line.startsWith("kind: "));
    }

    @Test
    void aValueThatNothingNeedsIsRefused() {
        assertThat(add("author", "rank:int:0..10", "--backfill", "rank=0", "--backfill", "rnk=0"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString()).contains("--backfill rank: this field is not required", "--backfill rnk: no new");
        assertThat(add("author", "rank:int:0..10:required", "--backfill", "0")).isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString()).contains("write FIELD=SQL");
    }

    @Test
    void twoModelsDoNotReferToEachOther() {
        assertThat(add("country", "founder:ref:author")).isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString()).startsWith("founder: ");
    }

    @Test
    void wrongFieldsAreRefusedByTheirNames() {
        assertThat(add("author", "name:text", "order:int", "age:it")).isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString().lines())
                .anyMatch(line -> line.startsWith("name: "))
                .anyMatch(line -> line.startsWith("order:int: "))
                .anyMatch(line -> line.startsWith("age:it: "));
        assertThat(add("book", "name:text")).isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString()).contains("There is no model book that ./model has made");
        assertThat(add("author")).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void anEnumerationOfTheSameNameIsRefused() {
        Texts.write(root.resolve("src/main/java/dev/tandem/domain/other/AuthorKind.java"), "public enum AuthorKind {}");
        assertThat(add("author", "kind:enum:a,b")).isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString()).contains("AuthorKind is taken by");
    }

    @Test
    void whatIsLeftToDoIsNotWrittenOver() {
        Texts.write(root.resolve("target/model/author.patch"), "by hand");
        assertThat(add("author", "rank:int:0..10")).isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString()).contains("target/model/author.patch", "delete the file");
        assertThat(root.resolve("target/model/author.patch")).hasContent("by hand");
    }

    /** It cannot be told any more what was changed since. */
    @Test
    void aManifestWithoutItsSourcesIsRefused() {
        Path manifest = root.resolve("src/tool/resources/models/author.json");
        String sound = Texts.read(manifest);
        Texts.write(manifest, sound.replaceFirst(",\\s*\"sources\" : \"[^\"]*\"", ""));
        assertThat(add("author", "rank:int:0..10")).isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString()).contains("author.json is not a manifest that ./model has written");
        Texts.write(manifest, sound.replaceFirst("\"sources\" : \"", "\"sources\" : \"AAAA"));
        assertThat(add("author", "rank:int:0..10")).isEqualTo(ExitCode.REFUSED);
        assertThat(said.toString()).contains("author.json is not a manifest", "broken");
    }

    private int add(String... arguments) {
        said.getBuffer().setLength(0);
        Console console = new Console(new PrintWriter(said, true), new PrintWriter(said, true), false);
        return ModelCommand.with(new Checkout(root), console)
                .execute(Stream.concat(Stream.of("add"), Stream.of(arguments)).toArray(String[]::new));
    }
}
