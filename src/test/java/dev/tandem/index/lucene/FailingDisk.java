package dev.tandem.index.lucene;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Collection;
import java.util.function.UnaryOperator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.Lock;

/** A disk that can be full or unavailable and then recover. Open files can still be read. */
final class FailingDisk implements UnaryOperator<Directory> {

    private volatile boolean full;
    private volatile boolean away;

    void fill() {
        full = true;
    }

    void takeAway() {
        full = true;
        away = true;
    }

    void heal() {
        full = false;
        away = false;
    }

    @Override
    public Directory apply(Directory files) {
        return new FilterDirectory(files) {
            @Override
            public IndexOutput createOutput(String name, IOContext context) throws IOException {
                requireRoom(name);
                return super.createOutput(name, context);
            }

            @Override
            public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
                requireRoom(prefix);
                return super.createTempOutput(prefix, suffix, context);
            }

            @Override
            public void sync(Collection<String> names) throws IOException {
                requireRoom(names.toString());
                super.sync(names);
            }

            @Override
            public void rename(String source, String dest) throws IOException {
                requireRoom(dest);
                super.rename(source, dest);
            }

            @Override
            public Lock obtainLock(String name) throws IOException {
                requireThere(name);
                return super.obtainLock(name);
            }

            @Override
            public IndexInput openInput(String name, IOContext context) throws IOException {
                requireThere(name);
                return super.openInput(name, context);
            }
        };
    }

    private void requireRoom(String name) throws IOException {
        if (full) {
            throw new FileSystemException(name, null, "No space left on device");
        }
    }

    private void requireThere(String name) throws IOException {
        if (away) {
            throw new FileSystemException(name, null, "Input/output error");
        }
    }
}
