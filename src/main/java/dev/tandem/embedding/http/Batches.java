package dev.tandem.embedding.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides texts into requests, in order: by their number and by their tokens.
 *
 * @param mostTexts in one request
 * @param mostTokens in one request; a text with more is alone
 */
record Batches(int mostTexts, int mostTokens) {

    /** Texts that go together, and the place of the first of them in the call. */
    record Batch(int from, List<String> texts) {}

    List<Batch> of(List<String> texts) {
        List<Batch> batches = new ArrayList<>();
        int from = 0;
        int tokens = 0;
        for (int i = 0; i < texts.size(); i++) {
            int more = WordCount.INSTANCE.tokenize(texts.get(i)).count();
            if (i > from && (i - from == mostTexts || tokens + more > mostTokens)) {
                batches.add(new Batch(from, texts.subList(from, i)));
                from = i;
                tokens = 0;
            }
            tokens += more;
        }
        if (from < texts.size()) {
            batches.add(new Batch(from, texts.subList(from, texts.size())));
        }
        return batches;
    }
}
