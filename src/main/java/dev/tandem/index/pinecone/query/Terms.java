package dev.tandem.index.pinecone.query;

import dev.tandem.domain.Sha256;
import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.FilterField;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One fact about a document as one short text: 15 bytes of a hash over a field, a kind of fact, and a value. All facts are in one list of
 * texts, so that clients may use any number of fields, of any length. Different facts have different texts, as far as SHA-256 has.
 */
final class Terms {

    /** The member of the metadata in Pinecone that has all terms. */
    static final String MEMBER = "t";

    /** On a document whose facts do not fit: each filter lets it through, and its row decides. */
    static final String OVERFLOW = "overflow";

    private static final int BYTES = 15;

    private Terms() {}

    static String exists(FilterField field) {
        return term(field, 'e', "");
    }

    /** There is a number in the field that is not exactly a double. */
    static String hasRest(String numbers) {
        return hash("rest", numbers);
    }

    /** There is a number in these numbers. */
    static String hasNumber(String numbers) {
        return hash("number", numbers);
    }

    /** The name of the numbers in a field, or of its dates: the beginning of the names of the members that have them. */
    static String numbers(FilterField field, boolean areDates) {
        return "n" + term(field, areDates ? 'D' : 'N', "");
    }

    /** @param scalar null, a {@link Boolean}, a {@link String}, an {@link Instant} or a canonical number */
    static String equal(FilterField field, @Nullable Object scalar) {
        return switch (scalar) {
            case null -> term(field, '0', "");
            case Boolean truth -> term(field, 'b', truth.toString());
            case Number number -> term(field, 'n', number.toString());
            case String text -> term(field, 't', text);
            case Instant date -> term(field, 'd', Long.toString(Dates.micros(date)));
            default -> throw new IllegalArgumentException("not a scalar: " + scalar.getClass());
        };
    }

    static String id(UUID id) {
        return equal(DocumentField.ID, id.toString());
    }

    private static String term(FilterField field, char kind, String value) {
        return switch (field) {
            case FieldPath path -> hash(kind + "path", path.toString(), value);
            case DocumentField own -> hash(kind + "own", own.property(), value);
        };
    }

    private static String hash(String... parts) {
        Sha256 hash = new Sha256();
        for (String part : parts) {
            hash.addPart(part);
        }
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash.bytes(), BYTES));
    }
}
