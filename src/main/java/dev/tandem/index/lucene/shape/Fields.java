package dev.tandem.index.lucene.shape;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** The names of the fields in Lucene. If a name or the content of a field changes, {@link #FORMAT} must change. */
public final class Fields {

    /** Stored with every commit: an index of another format has to be built again. */
    public static final String FORMAT = "7";

    /** A term on each Lucene document of a block, so that they are deleted together. */
    public static final String BLOCK = "block";

    /** The same value as a binary doc value on the document itself. */
    public static final String ID = "id";

    /** On a document: its state, as a numeric doc value. */
    public static final String STAMP = "stamp";

    /** A term that distinguishes a document from its chunks. */
    static final String KIND = "kind";

    /** The words of title and content, in the language's forms. */
    public static final String WORDS = "words";

    /** Title and content as they are spelled, with the order of words, and the plain forms of the words. */
    public static final String SPELLING = "spelling";

    /** Terms of {@link MetadataTerm}. */
    public static final String METADATA = "metadata";

    /** Points of two dimensions: the path and the {@link NumberKey}. */
    public static final String NUMBERS = "numbers";

    /** Points of three dimensions: the path, and the latitude and longitude of a place as {@link NumberKey}s. */
    public static final String PLACES = "places";

    /** On a document: the {@link NestedObjects} of its metadata, as a binary doc value. */
    public static final String OBJECTS = "objects";

    /** On a chunk: its vector. */
    public static final String VECTOR = "vector";

    /** On a chunk: its ordinal, as a numeric doc value. */
    public static final String ORDINAL = "ordinal";

    static final String DOCUMENT = "document";

    private Fields() {}

    /** Matches documents but no chunks. */
    public static Query documents() {
        return new TermQuery(new Term(KIND, DOCUMENT));
    }

    public static Term blockTerm(UUID id) {
        return new Term(BLOCK, bytes(id));
    }

    public static BytesRef bytes(UUID id) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return new BytesRef(bytes);
    }

    public static UUID uuid(BytesRef bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
