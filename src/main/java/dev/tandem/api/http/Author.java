package dev.tandem.api.http;

import dev.tandem.domain.refusal.Refusal;
import jakarta.ws.rs.HeaderParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Who writes, as the caller says. Nobody checks it: callers are not told apart yet. */
public class Author {

    /** The header that says so. */
    public static final String HEADER = "Tandem-Author";

    /** How many characters a name has at most. */
    public static final int LONGEST = 256;

    /** Printable ASCII characters, without blanks at either end. */
    public static final String PATTERN = "^[!-~]([ -~]*[!-~])?$";

    @Parameter(
            description = "Who writes this, for the document's history",
            example = "ada@example.org",
            schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = LONGEST, pattern = PATTERN))
    @HeaderParam(HEADER)
    @Nullable
    String author;

    /** Null where nobody is named. */
    public @Nullable String name() {
        return name(author);
    }

    /**
     * The same of the header as it came.
     *
     * @throws Refusal.Malformed if it can't be a name
     */
    public static @Nullable String name(@Nullable String author) {
        if (author != null && (author.length() > LONGEST || !author.matches(PATTERN))) {
            throw new Refusal.Malformed(
                    "header.tandem_author", "", HEADER + " has 1 to 256 printable ASCII characters.");
        }
        return author;
    }
}
