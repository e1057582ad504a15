package dev.tandem.api.exports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.imports.csv.CsvForm;
import dev.tandem.api.imports.lines.LineSource;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Document.Body;
import dev.tandem.domain.document.Document.Text;
import dev.tandem.domain.embedding.StoredVectors;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.transfer.RawLine;
import dev.tandem.service.document.StoredDocument;
import dev.tandem.testing.DocumentSamples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an export writes as CSV, an import reads as the same documents. */
class CsvRoundTripTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, @Nullable Object>> MEMBERS = new TypeReference<>() {};
    private static final int LONGEST = 10_000_000;

    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\"",
            "\"\"",
            ",",
            ";",
            "\t",
            "\r",
            "\n",
            "\r\n",
            "=1+1",
            "+1",
            "-1",
            "@a",
            "sep=;",
            "\uFEFF",
            "null",
            "007",
            "true",
            "{}",
            "[1",
            "'",
            "\\",
            "ä😀",
            "\u0001\u007f",
            "a,b;c\td\"e\r\nf",
            "\"quoted\"",
            " edge ");

    private final Random random = new Random(20_261_202);

    @Test
    void aDocumentComesBackAsItIs() {
        List<Document> documents = documents(500);
        List<Map<String, @Nullable Object>> read = read(written(documents, null));
        assertThat(read).hasSameSizeAs(documents);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i))
                    .isEqualTo(members(
                            documents.get(i), documents.get(i).metadata().values()));
        }
    }

    /** Types in the header make values come back as they are, null and empty texts too. */
    @Test
    void columnsOfMetadataComeBackAsTheyAre() {
        List<Document> documents = documents(500);
        List<Map<String, @Nullable Object>> read =
                read(written(documents, "a:json,key, title,content,metadata.b:json,a\\.b:json,año:json"));
        for (int i = 0; i < read.size(); i++) {
            Map<String, @Nullable Object> chosen = new LinkedHashMap<>();
            documents.get(i).metadata().values().forEach((name, value) -> {
                if (List.of("a", "b", "a.b", "año").contains(name)) {
                    chosen.put(name, value);
                }
            });
            assertThat(read.get(i)).isEqualTo(members(documents.get(i), chosen));
        }
    }

    @Test
    void textsNeedNoType() {
        List<Document> documents = HOSTILE.stream()
                .map(text -> document("k", text, null, Map.of("a", text, "b", Map.of("c", text))))
                .toList();
        assertThat(read(written(documents, "key,a,b.c")))
                .isEqualTo(HOSTILE.stream()
                        .map(text -> Map.of("key", "k", "metadata", Map.of("a", text, "b", Map.of("c", text))))
                        .toList());
    }

    @Test
    void writesRowsAsTheStandardHasThem() {
        Map<String, @Nullable Object> metadata = Map.of("year", 1998L, "tags", List.of("a", "b"));
        assertThat(written(
                        List.of(document("k", "x,\"y\"", "", metadata), document("l", null, "=1+1", Map.of())), null))
                .isEqualTo("""
                        key,title,content,metadata
                        k,"x,""y""\","",%s
                        l,,"=1+1",
                        """.formatted("METADATA").replace("\n", "\r\n").replace("METADATA", quoted(metadata)));
        assertThat(written(List.of(document("k", "t", null, metadata)), "year,tags,none,key:string"))
                .isEqualTo("year,tags,none,key:string\r\n1998,\"[\"\"a\"\",\"\"b\"\"]\",,k\r\n");
    }

    private static String quoted(Map<String, @Nullable Object> metadata) {
        try {
            return "\"" + JSON.writeValueAsString(metadata).replace("\"", "\"\"") + "\"";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<Document> documents(int count) {
        DocumentSamples samples = new DocumentSamples(random);
        UUID collection = new UUID(0, 1);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    Document sample = samples.next(collection);
                    Text text = Text.of(random.nextInt(3) == 0 ? null : text(), random.nextInt(3) == 0 ? null : text());
                    return random.nextBoolean()
                            ? sample
                            : new Document(
                                    sample.identity(), new Body(text, sample.metadata(), null), sample.versioning());
                })
                .toList();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(4); parts > 0; parts--) {
            text.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
        }
        return text.toString();
    }

    private Document document(
            String key, @Nullable String title, @Nullable String content, Map<String, @Nullable Object> metadata) {
        Document sample = new DocumentSamples(random).next(new UUID(0, 1));
        Document.Identity identity = new Document.Identity(sample.id(), sample.collectionId(), key, sample.createdAt());
        return new Document(
                identity, new Body(Text.of(title, content), new Metadata(metadata), null), sample.versioning());
    }

    private static Map<String, @Nullable Object> members(Document document, Map<String, @Nullable Object> metadata) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("key", document.key());
        if (document.title() != null) {
            members.put("title", document.title());
        }
        if (document.content() != null) {
            members.put("content", document.content());
        }
        if (!metadata.isEmpty()) {
            members.put("metadata", metadata);
        }
        return members;
    }

    private static String written(List<Document> documents, @Nullable String columns) {
        RowWriter rows = new RowWriter(ExportColumns.of(columns), JSON);
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < documents.size(); from += 7) {
            List<StoredDocument> read = documents.subList(from, Math.min(documents.size(), from + 7)).stream()
                    .map(document -> new StoredDocument(document, StoredVectors.NONE))
                    .toList();
            text.append(new String(rows.write(read), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    /** The lines, with each number in its one form. */
    private static List<Map<String, @Nullable Object>> read(String csv) {
        List<RawLine> lines = new ArrayList<>();
        try (LineSource source =
                new LineSource(new CsvForm(null, null, JSON.getFactory()), false, LONGEST, lines::add)) {
            source.feed(csv.getBytes(StandardCharsets.UTF_8));
            while (source.cut()) {
                // The lines arrive in the list.
            }
            source.end();
        }
        return lines.stream()
                .map(line -> {
                    assertThat(line.flaw()).isNull();
                    return new Metadata(json(line)).values();
                })
                .toList();
    }

    private static Map<String, @Nullable Object> json(RawLine line) {
        try {
            return JSON.readValue(line.octets(), MEMBERS);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
