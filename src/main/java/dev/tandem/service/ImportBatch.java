package dev.tandem.service;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Submission;
import dev.tandem.domain.error.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines of an import that have been judged and wait to be written together. */
public record ImportBatch(Collection owner, List<Judged> lines) {

    /** A line and the document in it, or why there is none. */
    sealed interface Judged {

        long number();

        /** There is a document to write. */
        record Sound(
                long number,
                Submission submission,
                @Nullable Long ifVersion) implements Judged {

            String key() {
                return submission.document().key();
            }
        }

        /** There is none. */
        record Unsound(long number, @Nullable String key, Refusal refusal) implements Judged {

            LineResult.Refused result() {
                return new LineResult.Refused(number, key, refusal);
            }
        }
    }

    /** The lines from the first on, as far as the predicate's line, exclusive. */
    ImportBatch before(long number) {
        return new ImportBatch(
                owner, lines.stream().filter(line -> line.number() < number).toList());
    }

    List<Judged.Unsound> unsound() {
        return lines.stream()
                .filter(Judged.Unsound.class::isInstance)
                .map(Judged.Unsound.class::cast)
                .toList();
    }

    /**
     * The sound lines in rounds, none of which has a key twice. A key's lines stand in rounds that follow each other, so that each sees
     * what the one before it wrote.
     */
    List<List<Judged.Sound>> rounds() {
        List<List<Judged.Sound>> rounds = new ArrayList<>();
        Map<String, Integer> times = new HashMap<>();
        for (Judged line : lines) {
            if (line instanceof Judged.Sound sound) {
                int round = times.merge(sound.key(), 1, Integer::sum) - 1;
                if (round == rounds.size()) {
                    rounds.add(new ArrayList<>());
                }
                rounds.get(round).add(sound);
            }
        }
        return rounds;
    }
}
