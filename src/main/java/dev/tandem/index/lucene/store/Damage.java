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

/** Distinguishes an index that is lost and has to be built again from a disk that fails for a while. */
final class Damage {

    private Damage() {}

    /**
     * Whether files are missing, truncated, changed, or written by a version of Lucene that this one cannot read. Building the index again
     * repairs that. It does not help against a disk that is full, read-only or unavailable.
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
            // The writer is closed; the cause says why.
            case AlreadyClosedException e -> isIn(e.getCause());
            case UncheckedIOException e -> isIn(e.getCause());
            case IOException e -> isIn(e.getCause());
            // Lucene does not know the codec, or the commit contains values that no version of Tandem has written.
            case RuntimeException e -> true;
            default -> false;
        };
    }
}
