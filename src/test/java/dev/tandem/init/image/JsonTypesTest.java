package dev.tandem.init.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The builder of a native image finds every record and enum of the API, where it is compiled to and in a jar. */
class JsonTypesTest {

    @Test
    void everyRecordAndEnumOfTheApiIsFound() throws URISyntaxException {
        Path classes = Path.of(JsonTypes.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<String> found = JsonTypes.names(classes);

        assertThat(new ClassFileImporter(Set.of(new ImportOption.DoNotIncludeTests()))
                        .importPackages("dev.tandem.api").stream()
                                .filter(type -> type.isAssignableTo(Record.class) || type.isAssignableTo(Enum.class))
                                .map(JavaClass::getName))
                .hasSizeGreaterThan(100)
                .allMatch(found::contains);
    }

    @Test
    void aJarHasThemToo(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("service.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            for (String name : new String[] {
                "dev/tandem/api/",
                "dev/tandem/api/tea/",
                "dev/tandem/api/tea/Cup$Size.class",
                "dev/tandem/api/tea/package-info.class",
                "dev/tandem/api/tea/notes.txt",
                "dev/tandem/domain/Leaf.class"
            }) {
                entries.putNextEntry(new JarEntry(name));
            }
        }

        assertThat(JsonTypes.names(jar)).containsExactly("dev.tandem.api.tea.Cup$Size");
    }

    @Test
    void anotherLibraryHasNone(@TempDir Path folder) {
        assertThat(JsonTypes.names(folder)).isEmpty();
    }
}
