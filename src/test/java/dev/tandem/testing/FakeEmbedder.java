package dev.tandem.testing;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.embedding.Embedder;
import dev.tandem.embedding.Tokenizer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An embedding model without a model. Each word has its own direction, and a text points where its words do. So texts are similar if they
 * share words, whatever the order. It records its inputs, fails on request, and holds answers back on request.
 */
public final class FakeEmbedder implements Embedder {

    public static final String MODEL = "fake";
    /** The second model, which {@link Second} qualifies. */
    public static final String SECOND_MODEL = "second-fake";

    public static final int DIMENSIONS = 64;
    /** A chunk or query with this word in it fails, until {@link #cure()}. */
    public static final String POISON = "poison";

    /** Qualifies the second model, for tests of two models. */
    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Second {}

    private final String name;
    private final List<String> chunks = new CopyOnWriteArrayList<>();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private volatile boolean poisonous = true;
    private volatile boolean down;
    private volatile @Nullable String trapWord;
    private volatile CompletableFuture<Void> trap = CompletableFuture.completedFuture(null);
    private volatile boolean trapped;
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    public FakeEmbedder() {
        this(MODEL);
    }

    FakeEmbedder(String name) {
        this.name = name;
    }

    @Override
    public String model() {
        return name;
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public int maxTokens() {
        return 512;
    }

    @Override
    public Tokenizer tokenizer() {
        return new FakeTokenizer();
    }

    @Override
    public Uni<List<Vector>> embedChunks(List<String> texts) {
        return answer(texts, () -> {
            chunks.addAll(texts);
            List<Vector> vectors = new ArrayList<>();
            for (String text : texts) {
                vectors.add(embed(text));
            }
            return vectors;
        });
    }

    @Override
    public Uni<Vector> embedQuery(String text) {
        return answer(List.of(), () -> {
            queries.add(text);
            return embed(text);
        });
    }

    /** The unit vector of a text. */
    public static Vector vectorOf(String text) {
        float[] sum = new float[DIMENSIONS];
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            SplittableRandom direction = new SplittableRandom(word.hashCode());
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (float) direction.nextDouble(-1, 1);
            }
        }
        return Vector.of(sum).normalized();
    }

    /** All chunks embedded so far, in order. */
    public List<String> chunks() {
        return List.copyOf(chunks);
    }

    /** All queries embedded so far, in order. */
    public List<String> queries() {
        return List.copyOf(queries);
    }

    /** From now on, {@link #POISON} is an ordinary word. */
    public void cure() {
        poisonous = false;
    }

    /** From now on, everything is refused as unavailable, or nothing is. */
    public void down(boolean isDown) {
        down = isDown;
    }

    /** From now on, answers wait for {@link #release()}. */
    public void hold() {
        gate = new CompletableFuture<>();
    }

    /** From now on, calls with this word in a chunk wait for {@link #reset()}, and others don't. */
    public void hold(String word) {
        trap = new CompletableFuture<>();
        trapped = false;
        trapWord = word;
    }

    /** Whether a call waits because of the word. */
    public boolean isTrapped() {
        return trapped;
    }

    /** Releases the answers that were held back, and later ones. */
    public void release() {
        gate.complete(null);
    }

    /** Resets it to its initial state. */
    public void reset() {
        release();
        trapWord = null;
        trap.complete(null);
        chunks.clear();
        queries.clear();
        poisonous = true;
        down = false;
    }

    private <T> Uni<T> answer(List<String> texts, Supplier<T> work) {
        return Uni.createFrom().completionStage(() -> gate(texts)).onItem().transformToUni(open -> Uni.createFrom()
                .item(work));
    }

    /** A copy, because a canceled call would cancel the gate for all others. */
    private CompletableFuture<Void> gate(List<String> texts) {
        String word = trapWord;
        if (word != null && texts.stream().anyMatch(text -> text.contains(word))) {
            trapped = true;
            return trap.copy();
        }
        return gate.copy();
    }

    private Vector embed(String text) {
        if (down) {
            throw new Refusal.Unavailable("embedding.down", "The fake is down.", Duration.ofSeconds(1));
        }
        if (poisonous && text.contains(POISON)) {
            throw new IllegalArgumentException("The fake can't embed poison.");
        }
        return vectorOf(text);
    }
}
