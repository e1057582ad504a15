package dev.tandem.tool.migration.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.tool.migration.MigrationRefusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptFolderTest {

    @Test
    void hasOneHeadWhereEachScriptFollowsTheOneBefore() {
        ScriptFolder folder =
                folder(script("20260101000000", ""), script("20260102000000", "-- parent: 20260101000000\n"));

        assertThat(folder.head()).map(MigrationScript::version).contains("20260102000000");
    }

    @Test
    void hasTwoHeadsWhereTwoScriptsFollowTheSame() {
        ScriptFolder folder = folder(
                script("20260101000000", ""),
                script("20260102000000", "-- parent: 20260101000000\n"),
                script("20260103000000", "-- parent: 20260101000000\n"));

        assertThat(folder.heads()).hasSize(2);
        assertThatThrownBy(folder::head)
                .isInstanceOf(MigrationRefusal.class)
                .hasMessageContaining("Two heads")
                .hasMessageContaining("./db rebase")
                .hasMessageContaining("./db merge")
                .hasMessageContaining("V20260103000000__change.sql");
    }

    @Test
    void hasOneHeadWhereAScriptFollowsBoth() {
        MigrationScript one = script("20260102000000", "-- parent: 20260101000000\n");
        MigrationScript other = script("20260103000000", "-- parent: 20260101000000\n");
        MigrationScript merge = script("20260104000000", "-- parent: 20260102000000, 20260103000000\n");
        ScriptFolder folder = folder(script("20260101000000", ""), one, other, merge);

        assertThat(folder.head()).contains(merge);
        assertThat(folder.lineage(other.version()))
                .extracting(MigrationScript::version)
                .containsExactly("20260101000000", "20260103000000");
        assertThat(folder.lineage(merge.version())).hasSize(4);
        assertThat(folder.follows(merge, one)).isTrue();
        assertThat(folder.follows(other, one)).isFalse();
        assertThat(folder.areMerged(one, other)).isTrue();
        assertThat(folder.areMerged(one, merge)).isFalse();
        assertThatThrownBy(() -> folder.lineage("1")).hasMessageContaining("no script of version 1");
    }

    /** A circle of parents would have no end either. */
    @Test
    void refusesAParentThatIsNewer() {
        ScriptFolder folder = folder(
                script("20260101000000", "-- parent: 20260102000000\n"),
                script("20260102000000", "-- parent: 20260101000000\n"));

        assertThatThrownBy(folder::head)
                .hasMessageContaining("V20260101000000__change.sql can't follow 20260102000000");
    }

    @Test
    void refusesAParentThatIsNotThere() {
        ScriptFolder folder = folder(script("20260102000000", "-- parent: 20260101000000\n"));

        assertThatThrownBy(folder::head).hasMessageContaining("follows 20260101000000, which isn't there");
    }

    @Test
    void namesScriptsAfterTheMomentButNeverBeforeTheHead() {
        Instant now = Instant.parse("2026-03-04T05:06:07Z");

        assertThat(Versions.at(now, Optional.empty())).isEqualTo("20260304050607");
        assertThat(Versions.at(now, Optional.of("20260304050607"))).isEqualTo("20260304050608");
        assertThat(Versions.at(now, Optional.of("20261231235959"))).isEqualTo("20270101000000");
        assertThat(Versions.slug("Add the language!")).isEqualTo("add_the_language");
    }

    private static ScriptFolder folder(MigrationScript... scripts) {
        return new ScriptFolder(List.of(), List.of(scripts));
    }

    private static MigrationScript script(String version, String text) {
        return new MigrationScript(version, "change", text);
    }
}
