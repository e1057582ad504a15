package dev.tandem.domain.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContentHashTest {

    @Test
    void tellsEveryTextFromEveryOther() {
        List<ContentHash> hashes = List.of(
                ContentHash.of(null, null),
                ContentHash.of("", null),
                ContentHash.of(null, ""),
                ContentHash.of("", ""),
                ContentHash.of("ab", "c"),
                ContentHash.of("a", "bc"),
                ContentHash.of("abc", ""),
                ContentHash.of("abc", null),
                ContentHash.of("c", "ab"));
        assertThat(hashes).doesNotHaveDuplicates();
    }

    @Test
    void isTheSameForTheSameText() {
        assertThat(ContentHash.of("tïtle", "content")).isEqualTo(ContentHash.of("tïtle", "content"));
    }

    /** Kept in rows: if this changes, every document is embedded again. {@code sha256(00000001 "a" 00000002 "bc")} */
    @Test
    void staysAsItIs() {
        assertThat(ContentHash.of("a", "bc").hex())
                .isEqualTo("b534ce16ac9c8b36823f39a395ce8e0e3c7ad9605b82b5444f18cadacd217a5d");
    }
}
