package dev.tandem.index.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.index.Typos;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisspellingTest {

    private static final String[] LETTERS = {"a", "b", "\u00e9", "\ud801\udc28"};

    @ParameterizedTest
    @DisplayName("the length in code points decides how many edits there may be; what is no word has none")
    @CsvSource({
        "a, 0",
        "ab, 0",
        "tea, 1",
        "water, 1",
        "waters, 2",
        "o'neil, 2",
        "\ud801\udc28\ud801\udc28, 0",
        "\ud801\udc28\ud801\udc28\ud801\udc28\ud801\udc28\ud801\udc28, 1",
        "1918, 0",
        "vitamin12, 0",
        "C++, 0",
        "node.js, 0",
    })
    void lengths(String word, int edits) {
        assertThat(Misspelling.edits(word)).isEqualTo(edits);
        assertThat(Misspelling.of(word) == null).isEqualTo(edits == 0);
    }

    @Test
    @DisplayName("what is too long is no word, and the empty one is none")
    void bounds() {
        assertThat(Misspelling.edits("x".repeat(64))).isEqualTo(2);
        assertThat(Misspelling.edits("x".repeat(65))).isZero();
        assertThat(Misspelling.edits("")).isZero();
    }

    @Test
    @DisplayName("words are alike exactly if the definition says so")
    void alike() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            String word = word(3, random);
            Misspelling misspelling = Objects.requireNonNull(Misspelling.of(word));
            for (int j = 0; j < 20; j++) {
                String other = word(1, random);
                assertThat(misspelling.editsTo(other, Set::of))
                        .as("%s, %s", word, other)
                        .isEqualTo(Typos.isLike(word, other) ? Typos.edits(word, other) : -1);
            }
        }
    }

    @Test
    @DisplayName("an index is searched for the words that are alike, as they are spelled and in their plain form")
    void inAnIndex() throws IOException {
        Random random = new Random(12);
        Set<String> words = new TreeSet<>();
        Document document = new Document();
        for (int i = 0; i < 3_000; i++) {
            String word = word(1, random);
            if (words.add(word)) {
                String term = random.nextBoolean() ? word : PlainForms.marked(word);
                document.add(new StringField("word", term, Field.Store.NO));
            }
        }
        try (Directory directory = new ByteBuffersDirectory();
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
            writer.addDocument(document);
            try (DirectoryReader reader = DirectoryReader.open(writer)) {
                Terms terms = MultiTerms.getTerms(reader, "word");
                for (int i = 0; i < 100; i++) {
                    Misspelling misspelling = Objects.requireNonNull(Misspelling.of(word(3, random)));
                    assertThat(meant(misspelling, all(misspelling.in(terms)))).isEqualTo(meant(misspelling, words));
                }
            }
        }
    }

    @Test
    @DisplayName("an ending is no typo, whatever else is one")
    void endings() {
        Misspelling misspelling = Objects.requireNonNull(Misspelling.of("whlae"));
        assertThat(misspelling.editsTo("whales", word -> Set.of("whale"))).isOne();
        assertThat(misspelling.editsTo("whales", Set::of)).isEqualTo(-1);
        assertThat(misspelling.editsTo("wheels", word -> Set.of("wheel"))).isEqualTo(-1);
    }

    private static Set<String> meant(Misspelling misspelling, Set<String> words) {
        return words.stream()
                .filter(word -> misspelling.editsTo(word, Set::of) >= 0)
                .collect(Collectors.toSet());
    }

    private static Set<String> all(List<TermsEnum> found) throws IOException {
        Set<String> all = new HashSet<>();
        for (TermsEnum terms : found) {
            for (BytesRef term = terms.next(); term != null; term = terms.next()) {
                all.add(PlainForms.unmarked(term.utf8ToString()));
            }
        }
        return all;
    }

    private static String word(int shortest, Random random) {
        StringBuilder word = new StringBuilder();
        int length = shortest + random.nextInt(6);
        for (int i = 0; i < length; i++) {
            word.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return word.toString();
    }
}
