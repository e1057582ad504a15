package dev.tandem.tool.migration.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the documentation says about a rule is what the rule says. */
class RulesDocumentationTest {

    @Test
    void explainsEachRuleAndNoOther() throws Exception {
        List<String> documented = Files.readAllLines(Path.of("docs/migrations.md")).stream()
                .dropWhile(line -> !line.equals("## The rules of lint"))
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(documented)
                .containsExactlyElementsOf(Rules.all().stream()
                        .map(rule -> "| `%s` | %s | %s |".formatted(rule.id(), rule.reason(), rule.alternative()))
                        .toList());
    }
}
