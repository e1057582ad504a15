package dev.tandem.domain.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TextPartTest {

    /** Of two letters, so that nearly every part is found in pieces before it is found as a whole, or never. */
    @Property(tries = 3_000)
    void itFindsWhatStringsFind(@ForAll("ofTwoLetters") String text, @ForAll("long") String part) {
        assertThat(TextPart.isIn(text, part)).isEqualTo(text.contains(part));
        assertThat(TextPart.isIn(text + part + text, part)).isTrue();
        assertThat(TextPart.isIn(part, text)).isEqualTo(part.contains(text));
    }

    @Test
    void thePartEndsWhereTheTextEnds() {
        String part = "a".repeat(40) + "b";
        assertThat(TextPart.isIn("a".repeat(1_000) + "b", part)).isTrue();
        assertThat(TextPart.isIn("a".repeat(1_000), part)).isFalse();
        assertThat(TextPart.isIn("", part)).isFalse();
        assertThat(TextPart.isIn(part, part)).isTrue();
    }

    @Provide("ofTwoLetters")
    Arbitrary<String> ofTwoLetters() {
        return Arbitraries.strings().withChars('a', 'b').ofMaxLength(120);
    }

    @Provide("long")
    Arbitrary<String> longParts() {
        return Arbitraries.strings().withChars('a', 'b').ofMinLength(17).ofMaxLength(22);
    }
}
