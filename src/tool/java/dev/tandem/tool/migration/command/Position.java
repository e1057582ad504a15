package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses a user's name for a place in the history. */
final class Position {

    static final String HEAD = "head";
    static final String BASE = "base";

    private static final Pattern STEPS = Pattern.compile("[+-]\\d+");
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

    /** The same, and also {@code +N} or {@code -N} from the version of a database. */
    static String of(String text, ScriptFolder folder, AppliedHistory history) {
        if (!STEPS.matcher(text).matches()) {
            return of(text, folder);
        }
        List<String> versions =
                folder.scripts().stream().map(MigrationScript::version).toList();
        Optional<String> current = history.currentVersion();
        int here = current.map(versions::indexOf).orElse(-1);
        int there = here + Integer.parseInt(text);
        if (there < -1 || there >= versions.size()) {
            throw new MigrationRefusal(text + " leads past the "
                    + (there < -1 ? "first" : "last") + " script; the database is at "
                    + current.orElse("its beginning"));
        }
        return there == -1 ? BASE : versions.get(there);
    }

    /** {@link #BASE} is before every version. */
    static int compare(String one, String other) {
        if (one.equals(BASE) || other.equals(BASE)) {
            return Boolean.compare(other.equals(BASE), one.equals(BASE));
        }
        return ORDER.compare(one, other);
    }
}
