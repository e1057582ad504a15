package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.MigrationRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script with its version and name: {@code V20261123040000__add_language.sql}; an undo script begins with {@code U}.
 *
 * @param version UTC, {@code yyyyMMddHHmmss}; scripts run in its order
 */
public record MigrationScript(String version, String slug, String text) {

    private static final Pattern NAME = Pattern.compile("[VU](\\d+(?:[._]\\d+)*)__(.+)\\.sql");

    /** Empty if the file is not named like a script. */
    static Optional<MigrationScript> read(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MigrationScript(name.group(1), name.group(2), Files.readString(file)));
        } catch (IOException e) {
            throw new MigrationRefusal("Can't read " + file + ": " + e.getMessage(), e);
        }
    }

    public ScriptHeader header() {
        return ScriptHeader.in(text);
    }

    public String fileName() {
        return "V" + version + "__" + slug + ".sql";
    }

    public String undoName() {
        return "U" + version + "__" + slug + ".sql";
    }

    public MigrationScript with(ScriptHeader header) {
        return new MigrationScript(version, slug, header.over(text));
    }
}
