package dev.tandem.api.http;

import dev.tandem.domain.refusal.Refusal;
import jakarta.ws.rs.HeaderParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The author of a write, as the client names it. Nothing verifies the name, because Tandem does not distinguish clients yet. */
public class Author {

    /** The header that names the author. */
    public static final String HEADER = "Tandem-Author";

    /** The largest number of characters in a name. */
    public static final int LONGEST = 256;

    /** Printable ASCII characters, without spaces at either end. */
    public static final String PATTERN = "^[!-~]([ -~]*[!-~])?$";

    @Parameter(
            description = "The author of this write, for the document's history",
            example = "ada@example.org",
            schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = LONGEST, pattern = PATTERN))
    @HeaderParam(HEADER)
    @Nullable
    String author;

    /** Null if the client named no author. */
    public @Nullable String name() {
        return name(author);
    }

    /**
     * The author in a header's value.
     *
     * @throws Refusal.Malformed if the value can't be a name
     */
    public static @Nullable String name(@Nullable String author) {
        if (author != null && (author.length() > LONGEST || !author.matches(PATTERN))) {
            throw new Refusal.Malformed(
                    "header.tandem_author", "", HEADER + " must have 1 to 256 printable ASCII characters.");
        }
        return author;
    }
}
