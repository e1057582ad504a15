package dev.tandem.tool.model.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.tool.model.grammar.Model;
import dev.tandem.tool.model.grammar.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The files that the tutorial shows are those that its command writes, which other tests compile and run. */
class TutorialTest {

    private static final Path TUTORIAL = Path.of("docs/ten-steps.md");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\./model new (author .*)$");
    private static final Pattern FILE = Pattern.compile("(?m)^`(src/[^`]+\\.java)`\n\n```java\n([^`]*?)```$");

    private static String text;

    @BeforeAll
    static void read() throws IOException {
        text = Files.readString(TUTORIAL);
    }

    @Test
    void showsEveryFileAsItsCommandWritesIt() {
        Map<String, String> shown = new TreeMap<>();
        FILE.matcher(text).results().forEach(file -> shown.put(file.group(1), file.group(2)));
        Map<String, String> written = new Renderer()
                .render(author()).files().entrySet().stream()
                        .filter(file -> file.getKey().startsWith("src/main/java"))
                        .collect(Collectors.toMap(file -> file.getKey().toString(), Map.Entry::getValue));
        assertThat(shown).hasSizeGreaterThan(10).isEqualTo(new TreeMap<>(written));
    }

    private static Model author() {
        List<String> words = COMMAND.matcher(text)
                .results()
                .map(command -> Arrays.asList(command.group(1).split(" ", -1)))
                .findFirst()
                .orElseThrow();
        return new ModelReader(Map.of()).read(words.getFirst(), null, words.subList(1, words.size()));
    }
}
