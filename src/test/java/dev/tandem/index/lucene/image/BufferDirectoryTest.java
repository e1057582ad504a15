package dev.tandem.index.lucene.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.store.RandomAccessInput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as byte buffers are what Lucene reads from the disk, also where one buffer ends and the next begins. */
class BufferDirectoryTest {

    private static final int BLOCK = 1 << 15;

    @TempDir
    Path folder;

    private Directory plain;
    private Directory buffers;

    @BeforeEach
    void open() throws IOException {
        plain = new NIOFSDirectory(folder);
        buffers = new BufferDirectory(folder, BLOCK);
    }

    /** Nothing, less than is worth mapping, one octet more and less than whole buffers, and many buffers. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 2 * BLOCK - 1, 2 * BLOCK, 2 * BLOCK + 1, 10 * BLOCK + 777})
    void octetsAreThoseOfTheFile(int size) throws IOException {
        byte[] octets = written("octets", size);

        try (IndexInput file = buffers.openInput("octets", IOContext.DEFAULT)) {
            assertThat(file.length()).isEqualTo(size);
            byte[] read = new byte[size];
            file.readBytes(read, 0, size);
            assertThat(read).isEqualTo(octets);
            assertThatThrownBy(file::readByte).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void numbersAndSlicesMayLieInTwoBuffers() throws IOException {
        written("octets", 4 * BLOCK);

        try (IndexInput file = buffers.openInput("octets", IOContext.DEFAULT);
                IndexInput expected = plain.openInput("octets", IOContext.DEFAULT)) {
            for (long at : new long[] {0, BLOCK - 3, BLOCK - 1, BLOCK, 3L * BLOCK - 5}) {
                file.seek(at);
                expected.seek(at);
                assertThat(file.readLong()).isEqualTo(expected.readLong());
                assertThat(file.readShort()).isEqualTo(expected.readShort());
                float[] some = new float[40];
                float[] same = new float[40];
                file.readFloats(some, 0, some.length);
                expected.readFloats(same, 0, same.length);
                assertThat(some).isEqualTo(same);

                RandomAccessInput slice = file.randomAccessSlice(at, 64);
                RandomAccessInput other = expected.randomAccessSlice(at, 64);
                assertThat(slice.readInt(9)).isEqualTo(other.readInt(9));
                assertThat(file.clone().getFilePointer())
                        .isEqualTo(expected.clone().getFilePointer());
            }
        }
    }

    @Test
    void whatIsNotThereCannotBeRead() throws IOException {
        assertThatThrownBy(() -> buffers.openInput("nothing", IOContext.DEFAULT))
                .isInstanceOf(NoSuchFileException.class);

        written("octets", 3 * BLOCK);
        IndexInput file = buffers.openInput("octets", IOContext.DEFAULT);
        file.close();
        assertThatThrownBy(file::readByte).isInstanceOf(AlreadyClosedException.class);
    }

    /** A merge deletes files that searches still read. */
    @Test
    void aDeletedFileCanBeReadByWhoHasIt() throws IOException {
        byte[] octets = written("octets", 3 * BLOCK);

        try (IndexInput file = buffers.openInput("octets", IOContext.DEFAULT)) {
            buffers.deleteFile("octets");
            assertThat(buffers.listAll()).isEmpty();
            file.seek(2 * BLOCK + 5);
            assertThat(file.readByte()).isEqualTo(octets[2 * BLOCK + 5]);
        }
    }

    private byte[] written(String name, int size) throws IOException {
        byte[] octets = new byte[size];
        new Random(size).nextBytes(octets);
        try (IndexOutput file = plain.createOutput(name, IOContext.DEFAULT)) {
            file.writeBytes(octets, size);
        }
        return octets;
    }
}
