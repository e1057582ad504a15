package dev.tandem.domain.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Revision;
import dev.tandem.domain.embedding.ParkedTask;
import dev.tandem.domain.job.Job;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NotFoundTest {

    @ParameterizedTest
    @MethodSource("nouns")
    void saysWhatIsMissing(Noun noun, Object name, String code, String detail) {
        Refusal refusal = Refusal.NotFound.of(noun, name);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.detail()).isEqualTo(detail);
    }

    static Stream<Arguments> nouns() {
        return Stream.of(
                Arguments.of(
                        Collection.NOUN,
                        "articles",
                        "collection.not_found",
                        "There is no collection named 'articles'."),
                Arguments.of(
                        Document.NOUN,
                        "100% tea",
                        "document.not_found",
                        "There is no document with the key '100% tea' in this collection."),
                Arguments.of(
                        Revision.NOUN,
                        1_000L,
                        "revision.not_found",
                        "There is no version 1000 of this document, or it is not kept."),
                Arguments.of(
                        ParkedTask.NOUN,
                        "tea",
                        "parked.not_found",
                        "No document with the key 'tea' is parked in this collection."),
                Arguments.of(
                        Job.NOUN,
                        "17",
                        "job.not_found",
                        "There is no job '17', or it has been deleted since it ended."));
    }

    @Test
    void saysWhatHasGone() {
        Refusal refusal = Refusal.NotFound.gone(Document.NOUN);
        assertThat(refusal.code()).isEqualTo("document.not_found");
        assertThat(refusal.detail()).isEqualTo("The document has just been deleted.");
    }
}
