package dev.tandem.index.lucene.query.text;

import static java.util.Comparator.comparingInt;

import dev.tandem.domain.collection.Language;
import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.text.Misspelling;
import dev.tandem.index.text.PlainForms;
import dev.tandem.index.text.QueryWords;
import dev.tandem.index.text.QueryWords.Word;
import dev.tandem.work.Stop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;

/** The words of one state of an index, as those of a search may mean them. What was found for a word is kept for the same search. */
public final class Vocabulary {

    /** No more words than these are taken for one of a query: the closest, and of those the most frequent. */
    private static final int MOST_SIMILAR = 50;

    /** A hostile collection may have any number of words that are like each other. */
    private static final int MOST_READ = 10_000;

    /** What a word is worth that is one edit away, compared with the word itself. */
    private static final double ONE_EDIT = 0.5;

    private static final double TWO_EDITS = 0.25;

    private static final Comparator<Near> CLOSEST_FIRST = comparingInt(Near::edits)
            .thenComparing(comparingInt(Near::documents).reversed())
            .thenComparing(Near::word);

    private final IndexReader reader;
    private final Language language;
    private final Stop stop;
    private final Map<Word, List<Similar>> known = new HashMap<>();

    public Vocabulary(IndexReader reader, Language language, Stop stop) {
        this.reader = reader;
        this.language = language;
        this.stop = stop;
    }

    /**
     * A word that another one may have been meant to be.
     *
     * @param form in the language's form
     * @param weight what finding it is worth, compared with the word itself: less than 1
     */
    public record Similar(String form, float weight) {}

    private record Near(String word, int edits, int documents) {

        /** The same word elsewhere in the index. */
        Near also(Near there) {
            return new Near(word, Math.min(edits, there.edits), documents + there.documents);
        }

        /** The same word by another way. */
        Near orCloser(Near other) {
            return other.edits < edits ? other : this;
        }
    }

    /** Matches documents with a word that begins with the text, all with the same score. */
    public Query beginningWith(String text) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (String beginning : PlainForms.beginnings(text, language)) {
            any.add(new Beginning(new Term(Fields.SPELLING, beginning), stop), Occur.SHOULD);
        }
        return new ConstantScoreQuery(any.build());
    }

    /** What the word may have been meant to be, the closest first; none for the words after the first {@link Misspelling#MOST_WORDS}. */
    public List<Similar> similarTo(Word word) throws IOException {
        List<Similar> before = known.get(word);
        if (before != null) {
            return before;
        }
        if (known.size() >= Misspelling.MOST_WORDS) {
            return List.of();
        }
        List<Similar> found = weighed(word, find(word));
        known.put(word, found);
        return found;
    }

    private Collection<Near> find(Word word) throws IOException {
        Map<String, Near> spelled = new HashMap<>();
        for (Misspelling form : Misspelling.of(word, language)) {
            read(form, spelled);
        }
        Map<String, Near> found = new HashMap<>();
        for (Near near : closest(spelled.values())) {
            formsOf(near.word()).forEach(form -> found.merge(form, new Near(form, near.edits(), 0), Near::orCloser));
        }
        found.keySet().removeAll(word.forms());
        return found.values();
    }

    /** Adds the words that are like it. They are told apart as they are written: the forms of two words may be closer than the words are. */
    private void read(Misspelling misspelling, Map<String, Near> found) throws IOException {
        int read = 0;
        for (LeafReaderContext part : reader.leaves()) {
            Terms terms = part.reader().terms(Fields.SPELLING);
            for (TermsEnum similar : terms == null ? List.<TermsEnum>of() : misspelling.in(terms)) {
                for (BytesRef term = similar.next(); term != null && read < MOST_READ; term = similar.next()) {
                    stop.check();
                    read++;
                    String word = PlainForms.unmarked(term.utf8ToString());
                    int edits = misspelling.editsTo(word, this::formsOf);
                    if (edits >= 0) {
                        found.merge(word, new Near(word, edits, similar.docFreq()), Near::also);
                    }
                }
            }
        }
    }

    private static List<Near> closest(Collection<Near> all) {
        return all.stream().sorted(CLOSEST_FIRST).limit(MOST_SIMILAR).toList();
    }

    /** The forms that a word is found by. A name is found as it is written, and not by its parts, which mean something else. */
    private Set<String> formsOf(String spelled) {
        List<Word> words = QueryWords.of(spelled, language).words();
        return words.size() == 1 ? words.getFirst().forms() : Set.of();
    }

    /**
     * A word scores by how rare it is. One that is like a word must not score above it for being rarer, and of those that are equally close to
     * a word that nobody wrote, the rarest is the least likely to be meant: all of them count as if they were as frequent as the word, or as
     * the most frequent one.
     */
    private List<Similar> weighed(Word word, Collection<Near> found) throws IOException {
        List<Near> counted = new ArrayList<>();
        for (Near near : found) {
            int documents = documents(near.word());
            if (documents > 0) {
                counted.add(new Near(near.word(), near.edits(), documents));
            }
        }
        int ofWord = 0;
        for (String form : word.forms()) {
            ofWord = Math.max(ofWord, documents(form));
        }
        List<Near> best = closest(counted);
        List<Similar> similar = new ArrayList<>();
        for (Near near : best) {
            double rarity = rarity(near.documents());
            double counts = Math.min(rarity, rarity(ofWord > 0 ? ofWord : mostFrequent(best, near.edits())));
            similar.add(
                    new Similar(near.word(), (float) ((near.edits() < 2 ? ONE_EDIT : TWO_EDITS) * counts / rarity)));
        }
        return List.copyOf(similar);
    }

    private static int mostFrequent(List<Near> closest, int edits) {
        return closest.stream()
                .filter(near -> near.edits() == edits)
                .mapToInt(Near::documents)
                .max()
                .orElse(0);
    }

    private int documents(String form) throws IOException {
        return reader.docFreq(new Term(Fields.WORDS, form));
    }

    /** As BM25 has it. */
    private double rarity(int documents) throws IOException {
        int all = reader.getDocCount(Fields.WORDS);
        return Math.log(1 + (all - documents + 0.5) / (documents + 0.5));
    }
}
