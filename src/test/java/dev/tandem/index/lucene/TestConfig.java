package dev.tandem.index.lucene;

import dev.tandem.index.IndexConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

public record TestConfig(Path directory, int maxOpen, Duration commitInterval) implements IndexConfig {

    public static TestConfig in(Path directory) {
        return new TestConfig(directory, 64, Duration.ofHours(1));
    }

    TestConfig keepingOpen(int most) {
        return new TestConfig(directory, most, commitInterval);
    }

    TestConfig committingEvery(Duration interval) {
        return new TestConfig(directory, maxOpen, interval);
    }

    @Override
    public int writeThreads() {
        return 2;
    }

    @Override
    public OptionalInt searchThreads() {
        return OptionalInt.of(4);
    }

    @Override
    public int searchQueue() {
        return 256;
    }

    @Override
    public Duration searchQueueTimeout() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Optional<List<String>> engines() {
        return Optional.empty();
    }

    @Override
    public Duration formerKept() {
        return Duration.ofMinutes(15);
    }

    @Override
    public Duration lease() {
        return Duration.ofSeconds(30);
    }

    @Override
    public String engine() {
        return "lucene";
    }

    @Override
    public int ramBufferMb() {
        return 16;
    }
}
