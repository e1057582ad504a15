package dev.tandem.index.pinecone;

import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.FilterIndexContract;
import dev.tandem.testing.Thorough;
import org.junit.jupiter.api.parallel.Execution;

@Thorough
@Execution(CONCURRENT)
class PineconeFilterIndexTest extends FilterIndexContract {

    @Override
    protected EngineFixture open() {
        return PineconeFixture.open();
    }
}
