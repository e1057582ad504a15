package dev.tandem.service.transfer;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.PassagesDraft;
import org.jspecify.annotations.Nullable;

/** A line of an import. */
public sealed interface ImportLine {

    /** Where it stands, from 1. */
    long number();

    /**
     * A line that can be judged.
     *
     * @param passages what a model has made of the text already
     * @param ifVersion the version that the document must have; 0 where there must be none; null for any
     */
    record Readable(
            long number,
            DocumentDraft draft,
            @Nullable PassagesDraft passages,
            @Nullable Long ifVersion) implements ImportLine {}

    /**
     * A line that can't be read.
     *
     * @param key as far as it could be made out
     */
    record Unreadable(long number, @Nullable String key, Refusal refusal) implements ImportLine {}
}
