package dev.tandem.factory.collection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.factory.collection.CollectionDraft.Chunks;
import dev.tandem.factory.collection.CollectionDraft.Embedding;
import dev.tandem.factory.collection.CollectionDraft.History;
import dev.tandem.testing.CollectionSamples;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CollectionPatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Collection collection = new CollectionSamples(new Random()).next();

    @RepeatedTest(20)
    void whatIsNotMentionedStays() throws Exception {
        var settings = collection.settings();
        var embedding = settings.embedding();
        assertThat(patched("{}"))
                .isEqualTo(new CollectionDraft(
                        collection.name(),
                        collection.description(),
                        new Embedding(embedding.model(), embedding.dimensions(), lower(embedding.metric())),
                        new Chunks(
                                settings.chunking().maxTokens(),
                                settings.chunking().overlapTokens()),
                        lower(settings.language()),
                        settings.metadataSchema(),
                        settings.requireIfMatch(),
                        new History(
                                settings.history().maxVersions(),
                                settings.history().maxDays()),
                        settings.index().engine(),
                        settings.timeToLive() == null
                                ? null
                                : settings.timeToLive().toString(),
                        settings.indexes().stream().map(FieldPath::toString).toList()));
    }

    @Test
    void nullGoesBackToTheDefault() throws Exception {
        assertThat(patched("""
                {"name": null, "description": null, "embedding": null, "chunking": null, "language": null,
                 "metadataSchema": null, "requireIfMatch": null, "history": null, "engine": null, "timeToLive": null,
                 "indexes": null}
                """))
                .isEqualTo(new CollectionDraft(null, null, null, null, null, null, null, null, null, null, null));
    }

    @Test
    void objectsAreMergedAndAnythingElseReplaces() throws Exception {
        CollectionDraft draft = patched("""
                {"description": "New", "chunking": {"maxTokens": 77}, "history": {"maxDays": null}, "language": "french",
                 "metadataSchema": {"type": "object", "required": null, "properties": {"year": {"minimum": 1}}},
                 "requireIfMatch": true}
                """);
        assertThat(draft.description()).isEqualTo("New");
        assertThat(draft.chunking())
                .isEqualTo(new Chunks(77, collection.settings().chunking().overlapTokens()));
        assertThat(draft.history())
                .isEqualTo(new History(collection.settings().history().maxVersions(), null));
        assertThat(draft.language()).isEqualTo("french");
        assertThat(draft.requireIfMatch()).isTrue();
        assertThat(draft.metadataSchema()).containsEntry("type", "object").doesNotContainKey("required");
    }

    @RepeatedTest(20)
    void aCollectionLikeAnotherHasItsMembersWithinMembersToo() throws Exception {
        var settings = collection.settings();
        CollectionDraft draft = like("""
                {"name": "next", "chunking": {"maxTokens": 77}, "history": {"maxDays": 3}, "embedding": {"metric": "dot"}}
                """);
        assertThat(draft.name()).isEqualTo("next");
        assertThat(draft.chunking())
                .isEqualTo(new Chunks(77, settings.chunking().overlapTokens()));
        assertThat(draft.history()).isEqualTo(new History(settings.history().maxVersions(), 3));
        assertThat(draft.embedding())
                .isEqualTo(new Embedding(
                        settings.embedding().model(), settings.embedding().dimensions(), "dot"));
        assertThat(draft.metadataSchema()).isEqualTo(settings.metadataSchema());
        assertThat(like("{\"embedding\": {}, \"chunking\": {}, \"history\": {}}"))
                .isEqualTo(like("{}"));
    }

    @Test
    void aCollectionLikeAnotherHasTheDimensionsOfItsOwnModel() throws Exception {
        String metric = lower(collection.settings().embedding().metric());
        assertThat(like("{\"embedding\": {\"model\": \"another\"}}").embedding())
                .isEqualTo(new Embedding("another", null, metric));
        assertThat(like("{\"embedding\": {\"model\": null}}").embedding()).isEqualTo(new Embedding(null, null, metric));
        assertThat(like("{\"embedding\": {\"model\": \"another\", \"dimensions\": 7}}")
                        .embedding())
                .isEqualTo(new Embedding("another", 7, metric));
        assertThat(like("{\"embedding\": null}").embedding()).isNull();
    }

    /** A schema is one value, in which null may mean something. */
    @Test
    void aCollectionLikeAnotherHasTheSchemaThatIsNamedAndNothingOfTheOther() throws Exception {
        assertThat(like("{\"metadataSchema\": {\"properties\": {\"year\": {\"const\": null}}}}")
                        .metadataSchema())
                .isEqualTo(Map.of("properties", Map.of("year", Collections.singletonMap("const", null))));
        assertThat(like("{\"metadataSchema\": null}").metadataSchema()).isNull();
    }

    private CollectionDraft like(String patch) throws Exception {
        Map<String, @Nullable Object> members = JSON.readValue(patch, new TypeReference<>() {});
        return new CollectionPatch(members).like(collection);
    }

    private CollectionDraft patched(String patch) throws Exception {
        Map<String, @Nullable Object> members = JSON.readValue(patch, new TypeReference<>() {});
        return new CollectionPatch(members).apply(collection);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
