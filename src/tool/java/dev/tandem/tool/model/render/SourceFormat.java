package dev.tandem.tool.model.render;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;

/** Formats Java as the check of the build wants it. Imports that nothing uses go, so that a template can have all that it may need. */
public final class SourceFormat {

    private final Formatter formatter = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    /** @throws IllegalStateException if the text is no Java, which is a mistake of a template */
    String format(String name, String source) {
        try {
            return formatted(source);
        } catch (FormatterException e) {
            throw new IllegalStateException(name + " is no Java: " + e.getMessage() + "\n" + source, e);
        }
    }

    /** A source that others have changed too; as it is, if it is no Java. */
    public String tidied(String source) {
        try {
            return formatted(source);
        } catch (FormatterException e) {
            // The compiler says what is wrong with it.
            return source;
        }
    }

    private String formatted(String source) throws FormatterException {
        String used = RemoveUnusedImports.removeUnusedImports(source);
        return formatter.formatSource(ImportOrderer.reorderImports(used, Style.PALANTIR));
    }
}
