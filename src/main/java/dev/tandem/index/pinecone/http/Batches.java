package dev.tandem.index.pinecone.http;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Cuts records into batches that Pinecone takes: at most 1,000 records and 2 MB each. A record is made when its batch is. */
public final class Batches implements Iterator<List<Buffer>> {

    /** Less than Pinecone takes: a batch is encoded in one go. */
    private static final int MOST_BYTES = 1_000_000;

    private final Iterator<Buffer> records;
    private @Nullable Buffer first;

    public Batches(Iterator<Buffer> records) {
        this.records = records;
    }

    public static <T> Iterator<List<T>> of(List<T> all, int most) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + most)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + most)))
                .iterator();
    }

    @Override
    public boolean hasNext() {
        return first != null || records.hasNext();
    }

    @Override
    public List<Buffer> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<Buffer> batch = new ArrayList<>();
        long bytes = 0;
        while (hasNext() && batch.size() < DataPlane.WRITE_LIMIT) {
            Buffer record = first != null ? first : records.next();
            first = record;
            bytes += record.length();
            if (bytes > MOST_BYTES && !batch.isEmpty()) {
                return batch;
            }
            batch.add(record);
            first = null;
        }
        return batch;
    }
}
