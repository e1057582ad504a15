package dev.tandem.embedding.onnx;

import ai.onnxruntime.OrtException;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.embedding.Tokens;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A bundled model. The vocabulary is loaded by the first call that counts tokens, the rest by the first that embeds. A failure to load is
 * {@link Refusal.Unavailable}, because no text caused it, and the next call tries again. All methods compute on the caller's thread.
 */
final class OnnxModel implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final BundledModel description;
    /**
     * The read lock is held while the session is in use, the write lock while it is released: the garbage collector does not manage its
     * memory.
     */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private volatile @Nullable WordPiece tokenizer;
    private volatile @Nullable OnnxSession session;
    private volatile boolean closed;

    OnnxModel(BundledModel description) {
        this.description = description;
    }

    BundledModel description() {
        return description;
    }

    Tokens tokenize(String text) {
        return tokenizer().tokenize(text);
    }

    /** The unit vector of the text, or of its beginning if it is longer than the model's window. */
    Vector embed(String text) {
        long[] tokens = tokenizer().numbers(text, description.maxTokens());
        use.readLock().lock();
        try {
            return session().run(tokens);
        } finally {
            use.readLock().unlock();
        }
    }

    /** Waits for running work and releases the memory. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            closed = true;
            OnnxSession loaded = session;
            session = null;
            if (loaded != null) {
                loaded.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }

    private WordPiece tokenizer() {
        WordPiece loaded = tokenizer;
        return loaded != null ? loaded : loadTokenizer();
    }

    private synchronized WordPiece loadTokenizer() {
        WordPiece loaded = tokenizer;
        if (loaded == null) {
            try {
                loaded = new WordPiece(description.vocabulary());
            } catch (IOException e) {
                throw broken(e);
            }
            tokenizer = loaded;
        }
        return loaded;
    }

    private OnnxSession session() {
        OnnxSession loaded = session;
        return loaded != null ? loaded : loadSession();
    }

    private synchronized OnnxSession loadSession() {
        if (closed) {
            throw new IllegalStateException("The embedding model " + description.publicName() + " is closed.");
        }
        OnnxSession loaded = session;
        if (loaded == null) {
            try {
                loaded = OnnxSession.open(description);
            } catch (IOException | OrtException | LinkageError e) {
                throw broken(e);
            }
            session = loaded;
        }
        return loaded;
    }

    private Refusal.Unavailable broken(Throwable cause) {
        return new Refusal.Unavailable(
                "embedding.model_broken",
                "The embedding model " + description.publicName() + " can't be loaded: " + cause,
                RETRY_AFTER);
    }
}
