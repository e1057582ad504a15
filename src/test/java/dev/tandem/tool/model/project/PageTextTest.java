package dev.tandem.tool.model.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PageTextTest {

    private static final PageText PAGE = new PageText(
            "# API\n\n- [Jobs](#jobs)\n- [The service](#the-service)\n\n## Jobs\n\nx\n\n## The service\n\ny\n");

    @Test
    void sectionsOfModelsAreInTheOrderOfTheirHeadings() {
        PageText one = PAGE.withSection("## Countries\n\nc\n\n", "## The service", Set.of());
        PageText two = one.withSection("## Authors\n\na\n\n", "## The service", Set.of("## Countries"));
        PageText three = two.withSection("## Books\n\nb\n\n", "## The service", Set.of("## Countries", "## Authors"));
        assertThat(three.text())
                .endsWith(
                        "## Jobs\n\nx\n\n## Authors\n\na\n\n## Books\n\nb\n\n## Countries\n\nc\n\n## The service\n\ny\n");
        assertThat(three.without("## Books\n\nb\n\n").without("## Authors\n\na\n\n"))
                .isEqualTo(one);
        assertThat(one.without("## Countries\n\nc\n\n")).isEqualTo(PAGE);
    }

    @Test
    void aPageWithoutTheSectionThatEndsThemHasThemAtItsEnd() {
        assertThat(new PageText("# API\n")
                        .withSection("## Authors\n\na\n\n", "## The service", Set.of())
                        .text())
                .isEqualTo("# API\n\n## Authors\n\na\n");
    }

    @Test
    void rowsAreInTheOrderOfTheAlphabet() {
        PageText table =
                new PageText("| address |\n|---|\n| `GET /v1/audit` | a |\n| `GET /v1/jobs` | j |\n\n| `x` | y |\n");
        PageText more = table.withRow("| `GET /v1/authors` | b |\n").withRow("| `PUT /v1/z` | z |\n");
        assertThat(more.text())
                .startsWith(
                        "| address |\n|---|\n| `GET /v1/audit` | a |\n| `GET /v1/authors` | b |\n| `GET /v1/jobs` | j |\n| `PUT /v1/z`");
        assertThat(more.without("| `PUT /v1/z` | z |\n").without("| `GET /v1/authors` | b |\n"))
                .isEqualTo(table);
    }

    @Test
    void knowsWhatIsThereOnceAsWholeLines() {
        assertThat(PAGE.has("- [Jobs](#jobs)\n")).isTrue();
        assertThat(PAGE.has("[Jobs](#jobs)\n")).isFalse();
        assertThat(new PageText(PAGE.text() + "- [Jobs](#jobs)\n").has("- [Jobs](#jobs)\n"))
                .isFalse();
    }

    @Test
    void aSectionThatWasChangedIsFoundByItsHeading() {
        String changed = "## Jobs\n\n### One\n\n```\n# no heading\n## nor this\n```\n\n";
        PageText page = new PageText(PAGE.text().replace("## Jobs\n\nx\n\n", changed));
        assertThat(page.found("## Jobs\n\nx\n\n")).contains(changed);
        assertThat(page.found("- [Jobs](#jobs)\n")).contains("- [Jobs](#jobs)\n");
        assertThat(page.found("- [Work](#work)\n")).isEmpty();
        assertThat(page.found("## Work\n\nx\n")).isEmpty();
        assertThat(page.replaced(changed, "## Jobs\n\nx\n\n")).isEqualTo(PAGE);
    }
}
