package dev.tandem.index.lucene.store;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

/** Tells an index that is lost, and has to be built again, from a disk that fails it for a while. */
final class Damage {

    private Damage() {}

    /**
     * Whether files are missing, cut short, changed, or of a Lucene that this one can't read. Building again heals that; it doesn't heal a
     * disk that is full, read-only or away.
     */
    static boolean isIn(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> false;
            case CorruptIndexException e -> true;
            case IndexFormatTooOldException e -> true;
            case IndexFormatTooNewException e -> true;
            case IndexNotFoundException e -> true;
            case EOFException e -> true;
            case NoSuchFileException e -> true;
            case FileNotFoundException e -> true;
            // The writer is closed; why, says its cause.
            case AlreadyClosedException e -> isIn(e.getCause());
            case UncheckedIOException e -> isIn(e.getCause());
            case IOException e -> isIn(e.getCause());
            // Lucene doesn't know the codec, or the commit says what no version of Tandem has said.
            case RuntimeException e -> true;
            default -> false;
        };
    }
}
