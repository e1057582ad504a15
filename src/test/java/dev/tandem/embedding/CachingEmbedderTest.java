package dev.tandem.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.testing.FakeEmbedder;
import org.junit.jupiter.api.Test;

class CachingEmbedderTest {

    private final FakeEmbedder fake = new FakeEmbedder();
    private final Embedder embedder = new CachingEmbedder(fake, 2);

    @Test
    void embedsARecentQueryOnce() {
        Vector first = query("apple");

        assertThat(query("apple")).isEqualTo(first).isEqualTo(FakeEmbedder.vectorOf("apple"));
        assertThat(fake.queries()).containsExactly("apple");
    }

    @Test
    void tellsQueriesApart() {
        assertThat(query("apple")).isNotEqualTo(query("pear"));
    }

    @Test
    void forgetsTheQueryThatWasUsedLongestAgo() {
        query("apple");
        query("pear");
        query("apple");
        query("plum");
        query("apple");
        query("pear");

        assertThat(fake.queries()).containsExactly("apple", "pear", "plum", "pear");
    }

    @Test
    void doesNotRememberAFailure() {
        fake.down(true);
        assertThatThrownBy(() -> query("apple")).isInstanceOf(Refusal.Unavailable.class);
        fake.down(false);

        assertThat(query("apple")).isEqualTo(FakeEmbedder.vectorOf("apple"));
    }

    @Test
    void keepsNothingWhenToldTo() {
        Embedder forgetful = new CachingEmbedder(fake, 0);

        forgetful.embedQuery("apple").await().indefinitely();
        forgetful.embedQuery("apple").await().indefinitely();

        assertThat(fake.queries()).hasSize(2);
    }

    private Vector query(String text) {
        return embedder.embedQuery(text).await().indefinitely();
    }
}
