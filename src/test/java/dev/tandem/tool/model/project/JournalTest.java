package dev.tandem.tool.model.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.tool.model.ModelRefusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes are made together, or not at all. */
class JournalTest {

    private static final Path PAGE = Path.of("docs/api.md");
    private static final Path NEW = Path.of("src/main/java/dev/tandem/domain/author/Author.java");
    private static final Path OLD = Path.of("src/Old.java");

    @TempDir
    Path root;

    private final List<Change> changes =
            List.of(new Change(PAGE, "before", "after"), new Change(NEW, null, "record"), new Change(OLD, "old", null));

    @BeforeEach
    void begin() {
        Texts.write(root.resolve(PAGE), "before");
        Texts.write(root.resolve(OLD), "old");
    }

    @Test
    void makesThemAll() {
        Journal journal = new Journal(new Checkout(root));
        journal.make(changes);
        assertThat(root.resolve(PAGE)).hasContent("after");
        assertThat(root.resolve(NEW)).hasContent("record");
        assertThat(root.resolve(OLD)).doesNotExist();
        assertThat(journal.takeBack()).isFalse();
    }

    @Test
    void whatFailsHalfwayIsTakenBack() throws Exception {
        // A folder where a file is to be.
        Files.createDirectories(root.resolve(NEW).resolve("folder"));
        assertThatExceptionOfType(ModelRefusal.class).isThrownBy(() -> new Journal(new Checkout(root)).make(changes));
        assertThat(root.resolve(PAGE)).hasContent("before");
        assertThat(root.resolve(OLD)).hasContent("old");
    }

    @Test
    void whatWasInterruptedIsTakenBackByTheNextCall() {
        Checkout checkout = new Checkout(root);
        Texts.write(
                checkout.work().resolve("journal.json"),
                "{\"%s\": \"before\", \"%s\": null, \"%s\": \"old\"}".formatted(PAGE, NEW, OLD));
        Texts.write(root.resolve(PAGE), "after");
        Texts.write(root.resolve(NEW), "record");
        assertThat(new Journal(checkout).takeBack()).isTrue();
        assertThat(root.resolve(PAGE)).hasContent("before");
        assertThat(root.resolve(NEW)).doesNotExist();
        assertThat(root.resolve("src/main")).doesNotExist();
        assertThat(new Journal(checkout).takeBack()).isFalse();
    }
}
