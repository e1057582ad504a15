package dev.tandem.index.opensearch.shape;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.index.Shape;

/** What OpenSearch is told of an index: its settings and fields. Nothing else gets into it. */
public final class StoreDefinition {

    private static final String ANALYZER = "analysed";

    /** The most passages of a document; OpenSearch's own limit of 10,000 is a precaution. */
    private static final int MOST_PASSAGES = 1_000_000;

    private static final int MOST_VALUES = 1_000_000;

    private StoreDefinition() {}

    /**
     * @param writer the name by which the index is written to. A write to an index that is gone would make a new one; a write to a name that
     *     is gone fails
     */
    public static ObjectNode of(Shape shape, String writer, int shards, int replicas) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        settings(all.putObject("settings").putObject("index"), shards, replicas);
        all.putObject("aliases").putObject(writer);
        ObjectNode mappings = all.putObject("mappings");
        mappings.put("dynamic", "strict");
        // The rows have everything, so nothing is read back from here.
        mappings.putObject("_source").put("enabled", false);
        fields(mappings.putObject("properties"), shape);
        return all;
    }

    private static void settings(ObjectNode index, int shards, int replicas) {
        index.put("number_of_shards", shards);
        index.put("number_of_replicas", replicas);
        index.put("knn", true);
        // Every write asks for its own refresh.
        index.put("refresh_interval", "60s");
        // What was deleted is remembered longer than any write is under way.
        index.put("gc_deletes", "1h");
        // With copied segments, a refresh would not reach the replicas.
        index.putObject("replication").put("type", "DOCUMENT");
        index.putObject("mapping").putObject("nested_objects").put("limit", MOST_PASSAGES);
        index.put("max_terms_count", MOST_VALUES);
        ObjectNode analysis = index.putObject("analysis");
        ObjectNode tokenizer = analysis.putObject("tokenizer").putObject("places");
        tokenizer.put("type", "simple_pattern_split").put("pattern", String.valueOf(Tokens.NEXT_PLACE));
        ObjectNode filter = analysis.putObject("filter").putObject("words");
        filter.put("type", "pattern_capture").put("preserve_original", false);
        filter.putArray("patterns").add("([^" + Tokens.SAME_PLACE + "]+)");
        ObjectNode analyzer = analysis.putObject("analyzer").putObject(ANALYZER);
        analyzer.put("type", "custom").put("tokenizer", "places");
        analyzer.putArray("filter").add("words");
    }

    private static void fields(ObjectNode fields, Shape shape) {
        fields.putObject(Names.KIND).put("type", "keyword").put("doc_values", false);
        fields.putObject(Names.ID).put("type", "keyword");
        fields.putObject(Names.STAMP).put("type", "long").put("index", false);
        fields.putObject(Names.FACTS).put("type", "keyword");
        // Counted for BM25.
        text(fields.putObject(Names.WORDS)).put("index_options", "freqs");
        // A long text is not worth less for its length where a word's spelling or a phrase is asked for.
        text(fields.putObject(Names.SPELLING)).put("index_options", "positions").put("norms", false);
        ObjectNode passages = fields.putObject(Names.PASSAGES);
        ObjectNode ofPassage =
                passages.put("type", "nested").put("dynamic", "strict").putObject("properties");
        ofPassage.putObject("ordinal").put("type", "integer").put("index", false);
        ObjectNode vector = ofPassage.putObject("vector");
        vector.put("type", "knn_vector").put("dimension", shape.dimensions());
        // Without a name, OpenSearch takes an engine in native code, and a node that lacks its library ends.
        vector.putObject("method")
                .put("name", "hnsw")
                .put("engine", "lucene")
                .put("space_type", Likeness.space(shape.metric()));
    }

    private static ObjectNode text(ObjectNode field) {
        return field.put("type", "text").put("analyzer", ANALYZER);
    }
}
