package dev.tandem.domain.search;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a query asks for in words.
 *
 * @param written as the caller wrote it
 * @param clauses at least one
 */
public record SearchText(String written, List<Clause> clauses) {

    /** What a clause means for a document. */
    public enum Occur {
        /** Ranks a document that has it higher. If no clause is a must, a document has at least one of these. */
        SHOULD,
        /** A document that doesn't have it isn't found. */
        MUST,
        /** A document that has it isn't found. */
        MUST_NOT
    }

    /** How the text of a clause is looked for. */
    public enum Kind {
        /** By its words, in any of their forms. */
        WORDS,
        /** By its words as they are spelled, one after the other. */
        PHRASE,
        /** By the words that begin with it. */
        PREFIX
    }

    /**
     * What counts as a word of a clause beside the word itself.
     *
     * @param isFuzzy a word that is like it, as if one of them had a typo
     * @param endsInPrefix for the clause's last word, a word that begins with it
     */
    public record Leeway(boolean isFuzzy, boolean endsInPrefix) {

        public static final Leeway NONE = new Leeway(false, false);
    }

    /**
     * A part of what is asked for.
     *
     * @param text as the caller wrote it, without its operators
     */
    public record Clause(Occur occur, Kind kind, String text, Leeway leeway) {

        public Clause(Occur occur, Kind kind, String text) {
            this(occur, kind, text, Leeway.NONE);
        }

        private Clause with(Leeway wider) {
            return kind == Kind.WORDS && occur != Occur.MUST_NOT ? new Clause(occur, kind, text, wider) : this;
        }
    }

    public SearchText {
        clauses = List.copyOf(clauses);
    }

    /** Any of the words of a text that has no syntax. */
    public static SearchText plain(String text) {
        return new SearchText(text, List.of(new Clause(Occur.SHOULD, Kind.WORDS, text)));
    }

    /**
     * The same text, whose words have a leeway. Phrases, beginnings and what must not be there are meant as they are written. The last word
     * is the beginning of one only while nothing follows it: behind a blank it is finished.
     */
    public SearchText with(Leeway leeway) {
        boolean isOpen = !written.isEmpty() && !Character.isWhitespace(written.charAt(written.length() - 1));
        Leeway inside = new Leeway(leeway.isFuzzy(), false);
        Leeway atEnd = new Leeway(leeway.isFuzzy(), leeway.endsInPrefix() && isOpen);
        List<Clause> wider = new ArrayList<>();
        clauses.subList(0, clauses.size() - 1).forEach(clause -> wider.add(clause.with(inside)));
        wider.add(clauses.getLast().with(atEnd));
        return new SearchText(written, wider);
    }

    /** What documents should have, without operators; all that is written if it only says what they must not have. */
    public String wanted() {
        String wanted = clauses.stream()
                .filter(clause -> clause.occur() != Occur.MUST_NOT)
                .map(Clause::text)
                .collect(Collectors.joining(" "));
        return wanted.isBlank() ? written : wanted;
    }

    /** What documents must have and must not have, whatever else they are found by. */
    public List<Clause> demands() {
        return clauses.stream().filter(clause -> clause.occur() != Occur.SHOULD).toList();
    }
}
