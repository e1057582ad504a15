package dev.tandem.index.opensearch.shape;

/** The names of the fields in OpenSearch. */
public final class Names {

    /** The same on every document, and on no passage. */
    public static final String KIND = "kind";

    public static final String DOCUMENT = "document";

    /** The document's id once more, because OpenSearch does not sort by its own. Its order is {@link dev.tandem.index.Stamp#ORDER}. */
    public static final String ID = "id";

    public static final String STAMP = "stamp";

    /** The words of title and content, those of the title several times. */
    public static final String WORDS = "words";

    /** Title and content as they are spelled, with the order of words. */
    public static final String SPELLING = "spelling";

    /** Everything that filters can ask about, as {@link Fact}s. */
    public static final String FACTS = "facts";

    /** The chunks that have a vector. */
    public static final String PASSAGES = "passages";

    public static final String ORDINAL = PASSAGES + '.' + "ordinal";
    public static final String VECTOR = PASSAGES + '.' + "vector";

    private Names() {}
}
