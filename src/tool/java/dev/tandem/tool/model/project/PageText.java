package dev.tandem.tool.model.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A page of the documentation. Models have their sections side by side, before the section that ends them, in the order of their headings, so
 * that what two branches add meets in as few lines as can be.
 */
public record PageText(String text) {

    private static final Pattern ROUTE = Pattern.compile("\\| `[A-Z]+ /v1");
    private static final Pattern HEADING = Pattern.compile("#+ ");

    /** Whether the page has these lines, once. */
    boolean has(String lines) {
        int place = place(lines, 0);
        return place >= 0 && place(lines, place + 1) < 0;
    }

    /** Where the lines begin, from a place on; -1 if they are not there. */
    private int place(String lines, int from) {
        int place = text.indexOf(lines, from);
        while (place > 0 && text.charAt(place - 1) != '\n') {
            place = text.indexOf(lines, place + 1);
        }
        return place;
    }

    PageText without(String lines) {
        return replaced(lines, "");
    }

    /** With other lines in the place of these, which are there. */
    public PageText replaced(String lines, String others) {
        int place = place(lines, 0);
        return new PageText(text.substring(0, place) + others + text.substring(place + lines.length()));
    }

    /** A piece as the page has it now: the same lines, or what is under its heading; empty if neither is there once. */
    public Optional<String> found(String piece) {
        if (has(piece)) {
            return Optional.of(piece);
        }
        String heading = firstLine(piece);
        return heading.startsWith("#") && has(heading) ? Optional.of(section(heading)) : Optional.empty();
    }

    /** From a heading to the next one that is as high. What looks like a heading in a block of code is none. */
    private String section(String heading) {
        int start = place(heading, 0);
        int level = heading.indexOf(' ');
        StringBuilder section = new StringBuilder(heading);
        boolean isCode = false;
        for (String line : text.substring(start + heading.length()).split("(?<=\n)")) {
            isCode ^= line.startsWith("```");
            if (!isCode && HEADING.matcher(line).lookingAt() && line.indexOf(' ') <= level) {
                break;
            }
            section.append(line);
        }
        return section.toString();
    }

    private static String firstLine(String piece) {
        return piece.substring(0, piece.indexOf('\n') + 1);
    }

    /** With a row of the table of routes, in the order of the alphabet. */
    PageText withRow(String row) {
        List<String> lines = lines();
        int last = -1;
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (ROUTE.matcher(line).lookingAt()) {
                if (line.compareTo(row) > 0) {
                    return inserted(lines, index, row);
                }
                last = index;
            }
        }
        return inserted(lines, last + 1, row);
    }

    /**
     * With a section, or a line, before one that is there, after those of other models that come before it in the order of the alphabet.
     *
     * @param before how the heading, or the line, begins that all of them precede
     * @param others the headings, or lines, of other models
     */
    PageText withSection(String section, String before, Set<String> others) {
        List<String> lines = lines();
        String heading = firstLine(section);
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            boolean isLater = others.contains(line.strip()) && line.compareTo(heading) > 0;
            if (isLater || line.startsWith(before)) {
                return inserted(lines, index, section);
            }
        }
        return new PageText(text + "\n" + section.stripTrailing() + "\n");
    }

    private static PageText inserted(List<String> lines, int index, String piece) {
        List<String> all = new ArrayList<>(lines);
        all.add(index, piece);
        return new PageText(String.join("", all));
    }

    /** With their ends. */
    private List<String> lines() {
        return List.of(text.split("(?<=\n)", -1));
    }
}
