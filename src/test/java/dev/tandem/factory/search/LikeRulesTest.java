package dev.tandem.factory.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.SearchMode;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.example.Example;
import dev.tandem.factory.search.SearchDraft.ExampleDraft;
import dev.tandem.factory.search.SearchDraft.LikeDraft;
import dev.tandem.factory.search.SearchDraft.RerankDraft;
import dev.tandem.testing.CollectionSamples;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LikeRulesTest {

    private static final Collection MODEL = new CollectionSamples(new Random(1)).next(CollectionSamples.fakeModel());
    private static final Collection NONE = new CollectionSamples(new Random(2)).next(CollectionSamples.ownVectors(2));
    private static final ExampleDraft KEY = new ExampleDraft("k", null, null);

    private final SearchFactory factory = new SearchFactory();

    @Test
    void examplesAreSearchedByVectorAndBesideWordsByBoth() {
        SearchQuery alone = create(NONE, draft(null, null, List.of(KEY, vector(0, 1)), List.of(KEY)));
        assertThat(alone.mode()).isEqualTo(SearchMode.VECTOR);
        assertThat(alone.vector()).isNull();
        assertThat(alone.examples().like())
                .containsExactly(new Example.OfKey("k"), new Example.OfVector(Vector.of(0, 1)));
        assertThat(alone.examples().unlike()).containsExactly(new Example.OfKey("k"));
        assertThat(alone.examples().keys()).containsExactly("k");
        assertThat(alone.hasVector()).isTrue();
        SearchQuery both = create(MODEL, draft("tea", null, List.of(text("hot")), null));
        assertThat(both.mode()).isEqualTo(SearchMode.HYBRID);
        assertThat(both.hasVector()).isFalse();
        assertThat(both.byWords().examples()).isEqualTo(both.examples());
        assertThat(create(NONE, draft("tea", null, List.of(KEY), null)).mode()).isEqualTo(SearchMode.HYBRID);
    }

    @Test
    void anExampleIsOneThing() {
        for (ExampleDraft wrong : List.of(
                new ExampleDraft(null, null, null),
                new ExampleDraft("k", null, "tea"),
                new ExampleDraft("k", new float[] {1, 0}, null))) {
            assertThat(broken(MODEL, draft(null, null, List.of(KEY, wrong), List.of(wrong))))
                    .containsExactly("/like/1 search.like.example", "/unlike/0 search.like.example");
        }
    }

    @Test
    void thereAreOneToTen() {
        List<ExampleDraft> eleven = Collections.nCopies(11, KEY);
        assertThat(broken(NONE, draft(null, null, List.of(), null))).containsExactly("/like search.like.amount");
        assertThat(broken(NONE, draft(null, null, eleven, null))).containsExactly("/like search.like.amount");
        assertThat(broken(NONE, draft("tea", null, null, List.of(KEY)))).containsExactly("/like search.like.amount");
        assertThat(broken(NONE, draft(null, null, List.of(KEY), eleven))).containsExactly("/unlike search.like.amount");
        assertThat(create(NONE, draft(null, null, eleven.subList(1, 11), eleven.subList(1, 11)))
                        .examples()
                        .all())
                .hasSize(20);
    }

    @Test
    void eachKindHasItsRules() {
        assertThat(broken(
                        NONE,
                        draft(
                                null,
                                null,
                                List.of(
                                        vector(1),
                                        vector(0, 0),
                                        text("tea"),
                                        text(" "),
                                        new ExampleDraft("a\0", null, null),
                                        new ExampleDraft("x".repeat(257), null, null)),
                                List.of(vector(Float.NaN, 0)))))
                .containsExactly(
                        "/like/0/vector vector.dimensions",
                        "/like/1/vector vector.zero",
                        "/like/2/text search.like.text",
                        "/like/3/text search.like.example",
                        "/like/3/text search.like.text",
                        "/like/4/key text.nul",
                        "/like/5/key text.too_long",
                        "/unlike/0/vector/0 vector.not_finite");
        assertThat(broken(MODEL, draft(null, null, List.of(text("x".repeat(10_001))), null)))
                .containsExactly("/like/0/text text.too_long");
    }

    @Test
    void theyTakeThePlaceOfAVector() {
        assertThat(broken(NONE, draft(null, new float[] {1, 0}, List.of(KEY), null)))
                .containsExactly("/vector search.like.vector");
        assertThat(broken(NONE, draft("tea", "keyword", List.of(KEY), null, null)))
                .containsExactly("/mode search.like.mode");
        assertThat(broken(NONE, draft(null, "hybrid", List.of(KEY), null, null)))
                .containsExactly("/query search.query.required");
        assertThat(broken(NONE, draft(null, null, List.of(KEY), null, new RerankDraft("small", 1))))
                .containsExactly("/query search.query.required");
    }

    private static ExampleDraft vector(float... components) {
        return new ExampleDraft(null, components, null);
    }

    private static ExampleDraft text(String text) {
        return new ExampleDraft(null, null, text);
    }

    private static SearchDraft draft(
            @Nullable String query,
            float @Nullable [] vector,
            @Nullable List<ExampleDraft> like,
            @Nullable List<ExampleDraft> unlike) {
        return new SearchDraft(
                query,
                null,
                null,
                null,
                vector,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new LikeDraft(like, unlike),
                null,
                null,
                0);
    }

    private static SearchDraft draft(
            @Nullable String query,
            @Nullable String mode,
            @Nullable List<ExampleDraft> like,
            @Nullable List<ExampleDraft> unlike,
            @Nullable RerankDraft rerank) {
        return new SearchDraft(
                query,
                null,
                null,
                null,
                null,
                mode,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                rerank,
                null,
                new LikeDraft(like, unlike),
                null,
                null,
                0);
    }

    private SearchQuery create(Collection owner, SearchDraft draft) {
        return factory.create(owner, Scope.EVERYTHING, draft, Set.of("small"));
    }

    private List<String> broken(Collection owner, SearchDraft draft) {
        return assertThatExceptionOfType(Refusal.Rejected.class)
                .isThrownBy(() -> create(owner, draft))
                .actual()
                .violations()
                .stream()
                .map(violation -> violation.pointer() + " " + violation.code())
                .toList();
    }
}
