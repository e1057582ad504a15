package dev.tandem.index.opensearch.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.Shape;
import dev.tandem.index.lucene.shape.VectorSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes documents as OpenSearch takes them. */
public final class DocumentJson {

    /** How often the words of the title stand among those of the content: what they count more. */
    private static final int TITLE_WEIGHT = 2;

    private final Language language;
    private final VectorSpace space;

    public DocumentJson(Shape shape) {
        this.language = shape.language();
        this.space = new VectorSpace(shape);
    }

    public void write(JsonGenerator json, IndexEntry entry) throws IOException {
        Document document = entry.document();
        json.writeStartObject();
        json.writeStringField(Names.KIND, Names.DOCUMENT);
        json.writeStringField(Names.ID, document.id().toString());
        json.writeNumberField(Names.STAMP, entry.stamp());
        writeTexts(json, document);
        writeStrings(json, Names.FACTS, Fact.of(document));
        json.writeArrayFieldStart(Names.PASSAGES);
        for (Chunk chunk : entry.chunks()) {
            // What does not fit was refused long before; if it appears all the same, the index must not fail on it for
            // ever.
            if (space.takes(chunk.vector())) {
                json.writeStartObject();
                json.writeNumberField("ordinal", chunk.ordinal());
                json.writeFieldName("vector");
                writeVector(json, space.stored(chunk.vector()));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeTexts(JsonGenerator json, Document document) throws IOException {
        List<String> words = new ArrayList<>();
        List<String> spelling = new ArrayList<>();
        String title = document.title();
        if (title != null) {
            String ofTitle = Tokens.words(title, language);
            for (int i = 0; i < TITLE_WEIGHT; i++) {
                words.add(ofTitle);
            }
            spelling.add(Tokens.spelling(title, language));
        }
        String content = document.content();
        if (content != null) {
            words.add(Tokens.words(content, language));
            spelling.add(Tokens.spelling(content, language));
        }
        writeStrings(json, Names.WORDS, words);
        writeStrings(json, Names.SPELLING, spelling);
    }

    private static void writeStrings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void writeVector(JsonGenerator json, float[] components) throws IOException {
        json.writeStartArray();
        for (float component : components) {
            json.writeNumber(component);
        }
        json.writeEndArray();
    }
}
