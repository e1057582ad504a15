package dev.tandem.api.access;

import dev.tandem.domain.access.Authorship;
import dev.tandem.domain.refusal.Refusal;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The author of a write. It is the principal that makes the request, if that is known. A client may then name somebody on whose behalf it
 * writes; where nobody is known, it names the author, which nothing verifies.
 */
public class Author {

    /** The header that names the author. */
    public static final String HEADER = "Tandem-Author";

    /** The largest number of characters in a name. */
    public static final int LONGEST = 256;

    /** Printable ASCII characters, without spaces at either end. */
    public static final String PATTERN = "^[!-~]([ -~]*[!-~])?$";

    @Parameter(
            description = "On whose behalf this is written, for the document's history",
            example = "ada@example.org",
            schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = LONGEST, pattern = PATTERN))
    @HeaderParam(HEADER)
    @Nullable
    String author;

    @Context
    @SuppressWarnings("NullAway.Init") // JAX-RS sets it
    RoutingContext request;

    /** As {@link Authorship} writes it; null if nobody is known. */
    public @Nullable String name() {
        return name(author, request);
    }

    /**
     * The author of a request.
     *
     * @param named the value of the header
     * @throws Refusal.Malformed if the value can't be a name
     */
    public static @Nullable String name(@Nullable String named, RoutingContext request) {
        if (named != null && (named.length() > LONGEST || !named.matches(PATTERN))) {
            throw new Refusal.Malformed(
                    "header.tandem_author", "", HEADER + " must have 1 to 256 printable ASCII characters.");
        }
        return Authorship.of(Caller.of(request), named).text();
    }
}
