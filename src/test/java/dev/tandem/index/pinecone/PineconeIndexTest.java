package dev.tandem.index.pinecone;

import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.IndexContract;
import org.junit.jupiter.api.parallel.Execution;

@Execution(CONCURRENT)
class PineconeIndexTest extends IndexContract {

    @Override
    protected EngineFixture open() {
        return PineconeFixture.open();
    }
}
