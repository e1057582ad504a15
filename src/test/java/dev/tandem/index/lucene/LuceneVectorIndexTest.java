package dev.tandem.index.lucene;

import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.VectorIndexContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

@Execution(CONCURRENT)
class LuceneVectorIndexTest extends VectorIndexContract {

    @TempDir
    Path folder;

    @Override
    protected EngineFixture open() {
        return LuceneFixture.in(folder);
    }

    @Override
    protected boolean countsChunks() {
        return true;
    }
}
