package dev.tandem.service.transfer;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.document.DocumentPatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lines of an import that have been checked and wait to be written together. */
public record ImportBatch(Collection owner, List<Judged> lines) {

    /** A line with its document, or with the reason why it has none. */
    public sealed interface Judged {

        long number();

        /** The line can be written, as far as that can be said without the document that exists. */
        sealed interface Sound extends Judged {

            String key();

            @Nullable
            Long ifVersion();
        }

        /** The line has a whole document to write. */
        record Whole(
                long number,
                DocumentState submission,
                @Nullable Long ifVersion) implements Sound {

            @Override
            public String key() {
                return submission.document().key();
            }
        }

        /** The line changes a document. Whether the result is valid depends on that document. */
        record Patch(
                long number,
                String key,
                DocumentPatch patch,
                @Nullable Long ifVersion) implements Sound {}

        /** The line is refused. */
        record Unsound(long number, @Nullable String key, Refusal refusal) implements Judged {

            LineResult.Refused result() {
                return new LineResult.Refused(number, key, refusal);
            }
        }
    }

    /** The batch up to and including the first refused line. */
    ImportBatch untilUnsound() {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i) instanceof Judged.Unsound) {
                return new ImportBatch(owner, lines.subList(0, i + 1));
            }
        }
        return this;
    }

    List<Judged.Unsound> unsound() {
        return lines.stream()
                .filter(Judged.Unsound.class::isInstance)
                .map(Judged.Unsound.class::cast)
                .toList();
    }

    /** The valid lines in order, cut wherever a key occurs again, so that a line sees what the one before it wrote. */
    List<List<Judged.Sound>> runs() {
        List<List<Judged.Sound>> runs = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Judged line : lines) {
            if (line instanceof Judged.Sound sound) {
                boolean isNew = keys.add(sound.key());
                if (runs.isEmpty() || !isNew) {
                    runs.add(new ArrayList<>());
                    keys.clear();
                    keys.add(sound.key());
                }
                runs.getLast().add(sound);
            }
        }
        return runs;
    }
}
