package dev.tandem.embedding.http;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.embedding.http.Outcome.Doubted;
import dev.tandem.embedding.http.Outcome.Made;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Embeds texts that share a request, and finds those that the server refuses. When it refuses a request, it is first asked for a harmless
 * text: if it refuses that too, no text is to blame. Then the texts are halved until each of the refused ones is alone, so one bad text costs
 * about two requests for each halving. A failure that may pass is tried once more, and the harmless text again after it.
 */
final class CarefulBatch {

    static final String HARMLESS = "Tandem";

    /** What became of one text: a vector, or the reason why there is none. */
    record Part(@Nullable Vector vector, @Nullable String refusal) {}

    private final EmbeddingServer server;
    private final String harmless;
    private final Uni<Void> first;

    /** @param prefix what the model expects in front of each text */
    CarefulBatch(EmbeddingServer server, String prefix) {
        this.server = server;
        this.harmless = prefix + HARMLESS;
        this.first = Uni.createFrom().deferred(this::probe).memoize().indefinitely();
    }

    /** A part for each text, in order. */
    Uni<List<Part>> embed(List<String> texts) {
        return server.ask(texts).chain(outcome -> switch (outcome) {
            case Made made -> Uni.createFrom().item(parts(made));
            case Doubted doubted -> first.chain(() -> separate(texts, doubted));
        });
    }

    private static List<Part> parts(Made made) {
        return made.vectors().stream().map(vector -> new Part(vector, null)).toList();
    }

    private Uni<List<Part>> separate(List<String> texts, Doubted doubted) {
        if (texts.size() == 1) {
            return doubted.passes() ? confirm(texts) : Uni.createFrom().item(List.of(new Part(null, doubted.reason())));
        }
        int middle = texts.size() / 2;
        return embed(texts.subList(0, middle))
                .chain(left -> embed(texts.subList(middle, texts.size())).map(right -> {
                    List<Part> all = new ArrayList<>(left);
                    all.addAll(right);
                    return all;
                }));
    }

    private Uni<List<Part>> confirm(List<String> text) {
        return server.ask(text).chain(outcome -> switch (outcome) {
            case Made made -> Uni.createFrom().item(parts(made));
            case Doubted doubted -> probe().replaceWith(List.of(new Part(null, doubted.reason())));
        });
    }

    /** Fails unless the server embeds the harmless text. */
    private Uni<Void> probe() {
        return server.ask(List.of(harmless)).chain(Outcome::made).replaceWithVoid();
    }
}
