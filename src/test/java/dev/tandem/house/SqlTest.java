package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SQL that the PostgreSQL of the tests takes, and an older one that Tandem runs on does not. */
class SqlTest {

    private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"[\\s\\S]*?\"\"\"");
    private static final Pattern GROUPED_DIGITS = Pattern.compile("(?<![\\w.])\\d+_\\d\\w*");

    @Test
    @DisplayName("PostgreSQL reads no underscores in numbers before version 16")
    void numbersArePlain() {
        List<String> grouped = new ArrayList<>();
        Sources.of(Path.of("src/main/java")).texts().forEach((file, text) -> TEXT_BLOCK
                .matcher(text)
                .results()
                .flatMap(block -> GROUPED_DIGITS.matcher(block.group()).results())
                .forEach(number -> grouped.add(file + ": " + number.group())));
        assertThat(grouped).isEmpty();
    }
}
