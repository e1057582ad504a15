package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.Comparator;
import java.util.List;

/** Parses a user's name for a place in the history. */
final class Position {

    static final String HEAD = "head";
    static final String BASE = "base";

    private static final Comparator<String> ORDER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private Position() {}

    /**
     * The version for {@code head}, {@code base}, a version or its first digits.
     *
     * @throws MigrationRefusal if no version or several begin so, or if head is asked for and there are two
     */
    static String of(String text, ScriptFolder folder) {
        if (text.equals(BASE)) {
            return BASE;
        }
        if (text.equals(HEAD)) {
            return folder.head().map(MigrationScript::version).orElse(BASE);
        }
        List<String> versions = folder.scripts().stream()
                .map(MigrationScript::version)
                .filter(version -> version.startsWith(text.replaceFirst("^V", "")))
                .toList();
        if (versions.size() == 1) {
            return versions.get(0);
        }
        throw new MigrationRefusal(
                versions.isEmpty()
                        ? "There is no script of version " + text
                        : text + " may be " + String.join(" or ", versions));
    }

    /** The scripts that a database of a version has applied, in their order: those that it follows, and itself. */
    static List<MigrationScript> lineage(String version, ScriptFolder folder) {
        return version.equals(BASE) ? List.of() : folder.lineage(version);
    }

    /** {@link #BASE} is before every version. */
    static int compare(String one, String other) {
        if (one.equals(BASE) || other.equals(BASE)) {
            return Boolean.compare(other.equals(BASE), one.equals(BASE));
        }
        return ORDER.compare(one, other);
    }
}
