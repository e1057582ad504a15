package dev.tandem.service.search.passage;

import dev.tandem.domain.search.BudgetCut;
import dev.tandem.domain.search.passage.Budget.Counter;
import dev.tandem.embedding.Embedder;
import dev.tandem.embedding.Embedders;
import dev.tandem.embedding.http.WordCount;
import jakarta.inject.Singleton;

/** Counts tokens as the model of a collection does, where it runs in this process, and otherwise by an estimate. */
@Singleton
class TokenCounts {

    private final Embedders embedders;

    TokenCounts(Embedders embedders) {
        this.embedders = embedders;
    }

    /**
     * Spends so many tokens on hits.
     *
     * @param model whose tokens they are
     * @param isTitled whether the answer has their titles
     */
    BudgetCut cut(int tokens, String model, boolean isTitled) {
        return embedders
                .find(model)
                .filter(Embedder::isLocal)
                .map(Embedder::tokenizer)
                .map(tokenizer -> new BudgetCut(tokens, isTitled, Counter.TOKENIZER, text -> tokenizer
                        .tokenize(text)
                        .count()))
                .orElseGet(() -> new BudgetCut(tokens, isTitled, Counter.ESTIMATE, text -> WordCount.INSTANCE
                        .tokenize(text)
                        .count()));
    }
}
