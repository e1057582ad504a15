package dev.tandem.index.text;

import dev.tandem.domain.collection.Language;
import dev.tandem.index.SearchThreads;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Finds the words of a query in texts. Needs no index. */
@Singleton
public class Extracts {

    private final SearchThreads threads;

    Extracts(SearchThreads threads) {
        this.threads = threads;
    }

    /**
     * The {@linkplain Highlighter#extracts extracts} of each text, in the texts' order.
     *
     * @param query the text of the search
     */
    public Uni<List<List<String>>> of(Language language, String query, List<String> texts) {
        return threads.run(() -> {
            Highlighter highlighter = new Highlighter(language, query);
            return texts.stream().map(highlighter::extracts).toList();
        });
    }
}
