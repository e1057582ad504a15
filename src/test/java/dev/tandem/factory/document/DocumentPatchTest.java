package dev.tandem.factory.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.metadata.Metadata;
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
        DocumentDraft draft = patched(document, "{}");
        assertThat(draft.key()).isEqualTo(document.key());
        assertThat(draft.title()).isEqualTo(document.title());
        assertThat(draft.content()).isEqualTo(document.content());
        assertThat(draft.metadata()).isEqualTo(document.metadata().values());
        assertThat(draft.keepsVector()).isTrue();
        assertThat(draft.expiry()).isEqualTo(new ExpiryDraft.Kept(document.expiresAt()));
    }

    @Test
    void theExpiryIsSaidOrRemoved() throws Exception {
        Document document = samples.next(samples.id());
        assertThat(patched(document, "{\"expiresAt\": \"2030-01-01T00:00:00Z\"}")
                        .expiry())
                .isEqualTo(new ExpiryDraft.Said("2030-01-01T00:00:00Z"));
        assertThat(patched(document, "{\"expiresAt\": null, \"vector\": null}").expiry())
                .isEqualTo(new ExpiryDraft.Said(null));
    }

    @Test
    void nullRemovesAndAnythingElseReplaces() throws Exception {
        Document document = samples.next(samples.id());
        DocumentDraft draft =
                patched(document, "{\"title\": \"New\", \"content\": null, \"metadata\": null, \"vector\": [3, 0.5]}");
        assertThat(draft.title()).isEqualTo("New");
        assertThat(draft.content()).isNull();
        assertThat(draft.metadata()).isNull();
        assertThat(draft.vector()).containsExactly(3, 0.5f);
        assertThat(draft.keepsVector()).isFalse();
        DocumentDraft without = patched(document, "{\"vector\": null}");
        assertThat(without.vector()).isNull();
        assertThat(without.removesVector()).isTrue();
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
        Document document =
                DocumentSamples.first(sample.identity(), sample.body().text(), new Metadata(map(before)));
        DocumentDraft draft = patched(document, "{\"metadata\": " + patch + "}");
        assertThat(draft.metadata()).isEqualTo(map(after));
    }

    private static DocumentDraft patched(Document document, String patch) throws Exception {
        return new DocumentPatch(map(patch)).apply(document);
    }

    private static Map<String, @Nullable Object> map(String json) throws Exception {
        return JSON.readValue(json, new TypeReference<>() {});
    }
}
