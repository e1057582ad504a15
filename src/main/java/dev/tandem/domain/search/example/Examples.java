package dev.tandem.domain.search.example;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.search.example.Example.OfKey;
import dev.tandem.domain.search.example.Example.OfVector;
import java.util.List;
import java.util.stream.Stream;

/**
 * Examples that take the place of a query's vector.
 *
 * @param like at least one
 * @param scope has the documents that may be examples
 */
public record Examples(List<Example> like, List<Example> unlike, Scope scope) {

    public Examples {
        like = List.copyOf(like);
        unlike = List.copyOf(unlike);
    }

    /** All of them, those that hits are to be like first. */
    public Stream<Example> all() {
        return Stream.concat(like.stream(), unlike.stream());
    }

    /** The keys of the documents among them. */
    public List<String> keys() {
        return all().flatMap(example -> example instanceof OfKey(String key) ? Stream.of(key) : Stream.empty())
                .distinct()
                .toList();
    }

    /** Whether one is a vector of the client's. */
    public boolean haveVector() {
        return all().anyMatch(OfVector.class::isInstance);
    }
}
