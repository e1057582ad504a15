package dev.tandem.domain.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void aShortTextIsItself() {
        assertThat(Excerpt.of("", 3)).isEmpty();
        assertThat(Excerpt.of("abc", 3)).isEqualTo("abc");
        assertThat(Excerpt.of("a\uD83C\uDF75", 3)).isEqualTo("a\uD83C\uDF75");
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        assertThat(Excerpt.of("abcd", 3)).isEqualTo("abc");
        assertThat(Excerpt.of("ab\uD83C\uDF75", 3)).isEqualTo("ab");
        assertThat(Excerpt.of("a\uD83C\uDF75b", 3)).isEqualTo("a\uD83C\uDF75");
        assertThat(Excerpt.of("\uD83C\uDF75", 1)).isEmpty();
        assertThat(Excerpt.of("abc", 0)).isEmpty();
    }
}
