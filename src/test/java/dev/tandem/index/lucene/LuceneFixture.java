package dev.tandem.index.lucene;

import dev.tandem.domain.collection.Collection;
import dev.tandem.index.EngineFixture;
import dev.tandem.index.SearchThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.lucene.store.Directory;

/** Lucene indexes in a folder as a test uses them. */
public final class LuceneFixture extends EngineFixture {

    private final TestConfig config;
    private final UnaryOperator<Directory> disk;

    LuceneIndexes indexes;

    public LuceneFixture(TestConfig config) {
        this(config, UnaryOperator.identity());
    }

    LuceneFixture(TestConfig config, UnaryOperator<Directory> disk) {
        this.config = config;
        this.disk = disk;
        this.indexes = opened();
    }

    /** In a folder of this one, which has room for what a crash leaves. */
    public static LuceneFixture in(Path folder) {
        return new LuceneFixture(TestConfig.in(folder.resolve("index")));
    }

    private LuceneIndexes opened() {
        return new LuceneIndexes(config, new SearchThreads(config), disk);
    }

    @Override
    public LuceneIndexes indexes() {
        return indexes;
    }

    @Override
    public void restart() {
        close();
        indexes = opened();
    }

    /** Whatever is in memory is lost. */
    @Override
    public LuceneFixture afterCrash() {
        Path from = config.directory();
        Path to = from.resolveSibling("crashed");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LuceneFixture(TestConfig.in(to));
    }

    boolean isTroubled(Collection collection) {
        return indexes.trouble(collection.id()).isPresent();
    }

    @Override
    public void close() {
        indexes.close();
    }
}
