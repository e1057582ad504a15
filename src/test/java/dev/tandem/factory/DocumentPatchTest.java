package dev.tandem.factory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Metadata;
import dev.tandem.domain.document.Submission;
import dev.tandem.domain.document.Vector;
import dev.tandem.testing.DocumentSamples;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentPatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DocumentSamples samples = new DocumentSamples(new Random(1));

    @Test
    void whatIsNotMentionedStays() throws Exception {
        Document document = samples.next(samples.id());
        DocumentDraft draft = patched(new Submission(document, Vector.of(1, 2)), "{}");
        assertThat(draft.key()).isEqualTo(document.key());
        assertThat(draft.title()).isEqualTo(document.title());
        assertThat(draft.content()).isEqualTo(document.content());
        assertThat(draft.metadata()).isEqualTo(document.metadata().values());
        assertThat(draft.vector()).containsExactly(1, 2);
    }

    @Test
    void nullRemovesAndAnythingElseReplaces() throws Exception {
        Document document = samples.next(samples.id());
        DocumentDraft draft = patched(
                new Submission(document, Vector.of(1, 2)),
                "{\"title\": \"New\", \"content\": null, \"metadata\": null, \"vector\": [3, 0.5]}");
        assertThat(draft.title()).isEqualTo("New");
        assertThat(draft.content()).isNull();
        assertThat(draft.metadata()).isNull();
        assertThat(draft.vector()).containsExactly(3, 0.5f);
        assertThat(patched(new Submission(document, Vector.of(1, 2)), "{\"vector\": null}")
                        .vector())
                .isNull();
    }

    /** The cases of RFC 7396, appendix A, that can be metadata. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"b\"} | {\"a\":\"c\"} | {\"a\":\"c\"}",
                "{\"a\":\"b\"} | {\"b\":\"c\"} | {\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"} | {\"a\":null} | {}",
                "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null} | {\"b\":\"c\"}",
                "{\"a\":[\"b\"]} | {\"a\":\"c\"} | {\"a\":\"c\"}",
                "{\"a\":\"c\"} | {\"a\":[\"b\"]} | {\"a\":[\"b\"]}",
                "{\"a\":{\"b\":\"c\"}} | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]} | {\"a\":[1]} | {\"a\":[1]}",
                "{\"e\":null} | {\"a\":1} | {\"e\":null,\"a\":1}",
                "{} | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}",
                "{\"a\":1} | {\"a\":{\"b\":null,\"c\":2}} | {\"a\":{\"c\":2}}"
            })
    void metadataIsMerged(String before, String patch, String after) throws Exception {
        Document sample = samples.next(samples.id());
        Document document = new Document(
                sample.id(),
                sample.collectionId(),
                sample.key(),
                sample.title(),
                sample.content(),
                new Metadata(map(before)),
                sample.contentHash(),
                1,
                null,
                sample.createdAt(),
                sample.updatedAt(),
                sample.author());
        DocumentDraft draft = patched(new Submission(document, null), "{\"metadata\": " + patch + "}");
        assertThat(draft.metadata()).isEqualTo(map(after));
    }

    private static DocumentDraft patched(Submission submission, String patch) throws Exception {
        return new DocumentPatch(map(patch)).apply(submission);
    }

    private static Map<String, @Nullable Object> map(String json) throws Exception {
        return JSON.readValue(json, new TypeReference<>() {});
    }
}
