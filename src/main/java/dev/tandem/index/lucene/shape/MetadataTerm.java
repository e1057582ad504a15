package dev.tandem.index.lucene.shape;

import dev.tandem.domain.Sha256;
import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.FilterField;
import java.time.Instant;
import java.util.Arrays;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * One fact about a document's metadata as one term: 16 bytes of the path's hash, a tag for the kind of value, and the value. All facts
 * share one field of the index, so that clients may use any number of paths, of any length.
 */
public final class MetadataTerm {

    public static final int PATH_BYTES = 16;

    /** No path is written like this, because a backslash in it is followed by a dot or by another backslash. */
    private static final String OWN_FIELD = "\\own:";

    private static final String DATES = "\\dates:";

    private static final byte EXISTS = 'e';
    private static final byte NULL = '0';
    private static final byte BOOLEAN = 'b';
    private static final byte NUMBER = 'n';
    private static final byte TEXT = 't';
    private static final byte DATE = 'd';

    private MetadataTerm() {}

    /** Equal for equal fields; different for different ones, as far as SHA-256 is. */
    public static byte[] hash(FilterField field) {
        return switch (field) {
            case FieldPath path -> hash(path.toString());
            case DocumentField own -> hash(OWN_FIELD + own.property());
        };
    }

    /** As {@link #hash}, for the points of dates, which are no numbers of the field. */
    public static byte[] hashOfDates(FilterField field) {
        return switch (field) {
            case FieldPath path -> hash(DATES + path);
            case DocumentField own -> hash(DATES + OWN_FIELD + own.property());
        };
    }

    private static byte[] hash(String path) {
        return Arrays.copyOf(new Sha256().add(path).bytes(), PATH_BYTES);
    }

    public static BytesRef exists(byte[] path) {
        return term(path, EXISTS, new BytesRef());
    }

    /** @param scalar null, a {@link Boolean}, a {@link String}, an {@link Instant} or a canonical number */
    public static BytesRef equal(byte[] path, @Nullable Object scalar) {
        return switch (scalar) {
            case null -> term(path, NULL, new BytesRef());
            case Boolean truth -> term(path, BOOLEAN, new BytesRef(truth ? "1" : "0"));
            case Number number -> term(path, NUMBER, new BytesRef(NumberKey.of(number)));
            case String text -> text(path, text);
            case Instant date -> term(path, DATE, new BytesRef(NumberKey.of(Dates.micros(date))));
            default -> throw new IllegalArgumentException("not a scalar: " + scalar.getClass());
        };
    }

    /** The terms of texts at one path have the order of the texts. */
    public static BytesRef text(byte[] path, String text) {
        return term(path, TEXT, new BytesRef(text));
    }

    /** Greater than every text at the path, smaller than everything after. */
    public static BytesRef afterTexts(byte[] path) {
        return term(path, (byte) (TEXT + 1), new BytesRef());
    }

    /** Lucene refuses longer terms. Metadata has none, because its texts are limited when they are accepted. */
    static boolean fits(BytesRef term) {
        return term.length <= IndexWriter.MAX_TERM_LENGTH;
    }

    private static BytesRef term(byte[] path, byte tag, BytesRef value) {
        byte[] bytes = Arrays.copyOf(path, PATH_BYTES + 1 + value.length);
        bytes[PATH_BYTES] = tag;
        System.arraycopy(value.bytes, value.offset, bytes, PATH_BYTES + 1, value.length);
        return new BytesRef(bytes);
    }
}
