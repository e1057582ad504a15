package dev.tandem.index.text.passage;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.search.SearchText;
import dev.tandem.index.SearchThreads;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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
    public Uni<List<List<String>>> of(UUID collectionId, Language language, SearchText query, List<String> texts) {
        return threads.run(collectionId, stop -> {
            Highlighter highlighter = new Highlighter(language, query, texts, stop);
            List<List<String>> extracts = new ArrayList<>();
            for (String text : texts) {
                stop.check();
                extracts.add(highlighter.extracts(text));
            }
            return extracts;
        });
    }
}
