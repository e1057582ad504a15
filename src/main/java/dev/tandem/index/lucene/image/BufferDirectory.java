package dev.tandem.index.lucene.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.store.ByteBuffersDataInput;
import org.apache.lucene.store.ByteBuffersIndexInput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.NIOFSDirectory;

/**
 * Files that are memory-mapped as byte buffers, without the Foreign Function & Memory API that Lucene's own directory maps with. The
 * garbage collector undoes a mapping, some time after the last reader has let go of it; until then, the file takes space on the disk although it
 * has been deleted. Small files are read into memory, so that they come and go without a mapping.
 */
public final class BufferDirectory extends NIOFSDirectory {

    private static final int MAPPED_FROM = 64 * 1024;

    /** A buffer has less than 2 GiB, and all but the last must be a power of two. */
    private static final int BLOCK = 1 << 30;

    private final int block;

    public BufferDirectory(Path folder) throws IOException {
        this(folder, BLOCK);
    }

    /** @param block how much of a file one buffer has, in octets; a power of two */
    BufferDirectory(Path folder, int block) throws IOException {
        super(folder);
        this.block = block;
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
        ensureOpen();
        ensureCanRead(name);
        try (FileChannel file = FileChannel.open(getDirectory().resolve(name), StandardOpenOption.READ)) {
            long size = file.size();
            List<ByteBuffer> blocks = size < MAPPED_FROM ? List.of(read(file, (int) size)) : map(file, size);
            return new ByteBuffersIndexInput(new ByteBuffersDataInput(blocks), name + " in " + getDirectory());
        }
    }

    private List<ByteBuffer> map(FileChannel file, long size) throws IOException {
        List<ByteBuffer> blocks = new ArrayList<>();
        for (long from = 0; from < size; from += block) {
            blocks.add(file.map(MapMode.READ_ONLY, from, Math.min(block, size - from))
                    .order(ByteOrder.LITTLE_ENDIAN));
        }
        return blocks;
    }

    private static ByteBuffer read(FileChannel file, int size) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        while (all.hasRemaining() && file.read(all) >= 0) {
            // a read may bring less than asked for
        }
        return all.flip();
    }
}
