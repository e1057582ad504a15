package dev.tandem.index.text.passage;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;

/** Makes an extract of each of Lucene's passages: escaped, with matches marked, and cut if a sentence is too long. */
final class ExtractFormatter extends PassageFormatter {

    /** A longer passage is cut to about this length, in UTF-16 units, beginning shortly before its first match. */
    static final int MAX_LENGTH = 400;

    private static final int BEFORE_MATCH = 100;

    @Override
    public List<String> format(Passage[] passages, String text) {
        List<String> extracts = new ArrayList<>();
        for (Passage passage : passages) {
            if (passage.getNumMatches() > 0) {
                extracts.add(extract(passage, text));
            }
        }
        return extracts;
    }

    private static String extract(Passage passage, String text) {
        boolean fits = passage.getLength() <= MAX_LENGTH;
        int firstMatch = passage.getMatchStarts()[0];
        int start = fits ? passage.getStartOffset() : Math.max(passage.getStartOffset(), firstMatch - BEFORE_MATCH);
        int end = fits ? passage.getEndOffset() : Math.min(passage.getEndOffset(), start + MAX_LENGTH);
        return marked(passage, text, atCharacter(text, start), atCharacter(text, end))
                .strip();
    }

    private static String marked(Passage passage, String text, int start, int end) {
        StringBuilder extract = new StringBuilder();
        int done = start;
        for (int i = 0; i < passage.getNumMatches(); i++) {
            int from = Math.max(passage.getMatchStarts()[i], done);
            int to = Math.min(passage.getMatchEnds()[i], end);
            if (from < to) {
                appendEscaped(extract, text, done, from);
                extract.append("<em>");
                appendEscaped(extract, text, from, to);
                extract.append("</em>");
                done = to;
            }
        }
        appendEscaped(extract, text, done, end);
        return extract.toString();
    }

    /** Moves an offset out of the middle of a surrogate pair. */
    private static int atCharacter(String text, int offset) {
        boolean splits = offset > 0
                && offset < text.length()
                && Character.isSurrogatePair(text.charAt(offset - 1), text.charAt(offset));
        return splits ? offset - 1 : offset;
    }

    private static void appendEscaped(StringBuilder html, String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
    }
}
