package dev.tandem.index.opensearch.shape;

import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.metadata.Filterable;
import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.lucene.shape.MetadataFields;
import dev.tandem.index.lucene.shape.MetadataTerm;
import dev.tandem.index.lucene.shape.NumberKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * A {@link MetadataTerm} as a text: the hash of the path, the tag for the kind of value, and the value. Numbers and dates are written so that
 * their order is the order of the facts, in which OpenSearch keeps them.
 */
public final class Fact {

    private static final Base64.Encoder PATH = Base64.getUrlEncoder().withoutPadding();
    private static final HexFormat HEX = HexFormat.of();

    private static final char NUMBER = 'n';
    private static final char DATE = 'd';
    private static final char TEXT = 't';

    /** OpenSearch refuses a document with a longer one. */
    private static final int LONGEST = 32_766;

    private Fact() {}

    /** Everything that filters can ask of a document. */
    public static List<String> of(Filterable document) {
        return MetadataFields.of(document).stream()
                .filter(field -> field.name().equals(Fields.METADATA))
                .map(IndexableField::binaryValue)
                .map(term -> of(Objects.requireNonNull(term)))
                .filter(Fact::fits)
                .toList();
    }

    private static boolean fits(String fact) {
        return fact.length() * 3 <= LONGEST || fact.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }

    private static String of(BytesRef term) {
        byte[] bytes = BytesRef.deepCopyOf(term).bytes;
        char tag = (char) bytes[MetadataTerm.PATH_BYTES];
        int from = MetadataTerm.PATH_BYTES + 1;
        boolean isKey = tag == NUMBER || tag == DATE;
        String value = isKey
                ? HEX.formatHex(bytes, from, bytes.length)
                : new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        return path(Arrays.copyOf(bytes, MetadataTerm.PATH_BYTES)) + tag + value;
    }

    private static String path(byte[] hash) {
        return PATH.encodeToString(hash);
    }

    public static String exists(FilterField field) {
        return of(MetadataTerm.exists(MetadataTerm.hash(field)));
    }

    /** @param scalar as for {@link MetadataTerm#equal} */
    public static String equal(FilterField field, @Nullable Object scalar) {
        return of(MetadataTerm.equal(MetadataTerm.hash(field), scalar));
    }

    /** The beginning of all texts of a field; no other fact begins so. */
    public static String texts(FilterField field) {
        return path(MetadataTerm.hash(field)) + TEXT;
    }

    public static String number(FilterField field, Number number) {
        return numbers(field) + HEX.formatHex(NumberKey.of(number));
    }

    /** The beginning of all numbers of a field. */
    public static String numbers(FilterField field) {
        return path(MetadataTerm.hash(field)) + NUMBER;
    }

    public static String date(FilterField field, Instant date) {
        return dates(field) + HEX.formatHex(NumberKey.of(Dates.micros(date)));
    }

    /** The beginning of all dates of a field. */
    public static String dates(FilterField field) {
        return path(MetadataTerm.hash(field)) + DATE;
    }

    /** Greater than everything that begins so, and not greater than anything else that is. */
    public static String after(String beginning) {
        int end = beginning.length();
        while (beginning.codePointBefore(end) == Character.MAX_CODE_POINT) {
            end -= 2;
        }
        int last = beginning.codePointBefore(end);
        int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
        return beginning.substring(0, end - Character.charCount(last)) + Character.toString(next);
    }
}
