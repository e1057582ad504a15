package dev.tandem.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes the service of a developer restart. */
class NewScriptsTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    private NewScripts.Look look;

    @BeforeEach
    void begin() throws IOException {
        add("V1__a.sql");
        add("V2__b.sql");
        look = new NewScripts.Look(folder);
    }

    @Test
    void aNewScriptIsNoticedOnceByTheTimeOfOneThatIsKnown() throws IOException {
        look.run();
        assertThat(isTouched("V2__b.sql")).isFalse();
        add("V0__before.sql");
        look.run();
        assertThat(isTouched("V2__b.sql")).isTrue();
        assertThat(isTouched("V0__before.sql")).isFalse();
        Files.setLastModifiedTime(folder.resolve("V2__b.sql"), LONG_AGO);
        look.run();
        assertThat(isTouched("V2__b.sql")).isFalse();
    }

    @Test
    void aScriptWithANewNameIsNoticed() throws IOException {
        Files.move(folder.resolve("V2__b.sql"), folder.resolve("V3__b.sql"));
        look.run();
        assertThat(isTouched("V1__a.sql")).isTrue();
    }

    @Test
    void aScriptThatIsGoneIsNoNewOne() throws IOException {
        Files.delete(folder.resolve("V2__b.sql"));
        look.run();
        assertThat(isTouched("V1__a.sql")).isFalse();
    }

    @Test
    void theSourceOfAMigrationInJavaIsPutBesideItsClass() throws IOException {
        Path classes = folder.resolve("classes");
        Path generated = folder.resolve("generated");
        NewScripts.Copy copy = new NewScripts.Copy(List.of(folder.resolve("sources"), generated), classes);
        copy.run();
        assertThat(classes).doesNotExist();
        Path source = Files.createDirectory(folder.resolve("sources")).resolve("V3__c.java");
        for (String text : List.of("first", "edited")) {
            Files.writeString(source, text);
            copy.run();
            assertThat(classes.resolve("V3__c.java")).hasContent(text);
        }
        Files.delete(source);
        copy.run();
        assertThat(classes.resolve("V3__c.java")).doesNotExist();
    }

    private void add(String name) throws IOException {
        Files.setLastModifiedTime(Files.createFile(folder.resolve(name)), LONG_AGO);
    }

    private boolean isTouched(String name) throws IOException {
        return Files.getLastModifiedTime(folder.resolve(name)).compareTo(LONG_AGO) > 0;
    }
}
