package dev.tandem.index.lucene;

import dev.tandem.domain.document.Metadata;
import dev.tandem.domain.filter.Comparison;
import dev.tandem.domain.filter.FieldPath;
import dev.tandem.domain.filter.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random filters over the names and values of {@link MetadataSamples}, so that they often match. */
final class FilterSamples {

    private final Random random;
    private final MetadataSamples metadata;

    FilterSamples(Random random) {
        this.random = random;
        this.metadata = new MetadataSamples(random);
    }

    Filter next() {
        return filter(3);
    }

    private Filter filter(int depth) {
        int kind = random.nextInt(depth > 0 ? 11 : 8);
        return switch (kind) {
            case 0 -> new Filter.Exists(path());
            case 1 -> new Filter.Equal(path(), scalar());
            case 2 -> new Filter.In(path(), scalars());
            case 3, 4 -> new Filter.Compare(path(), comparison(), metadata.number());
            case 5 -> new Filter.Compare(path(), comparison(), metadata.text());
            case 6 -> new Filter.Contains(path(), piece(metadata.text()));
            case 7 -> new Filter.StartsWith(path(), start(metadata.text()));
            case 8 -> new Filter.And(filters(depth - 1));
            case 9 -> new Filter.Or(filters(depth - 1));
            default -> new Filter.Not(filter(depth - 1));
        };
    }

    private List<Filter> filters(int depth) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> filter(depth))
                .toList();
    }

    private FieldPath path() {
        return new FieldPath(IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> metadata.name())
                .toList());
    }

    private Comparison comparison() {
        return Comparison.values()[random.nextInt(Comparison.values().length)];
    }

    private @Nullable Object scalar() {
        Object scalar = metadata.scalar();
        return scalar instanceof Number number ? Metadata.canonical(number) : scalar;
    }

    private List<@Nullable Object> scalars() {
        List<@Nullable Object> scalars = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            scalars.add(scalar());
        }
        return scalars;
    }

    /** By whole characters: a half of one is no text. */
    private String piece(String text) {
        int[] points = text.codePoints().toArray();
        int start = random.nextInt(points.length + 1);
        return new String(points, start, random.nextInt(points.length - start + 1));
    }

    private String start(String text) {
        int[] points = text.codePoints().toArray();
        return new String(points, 0, random.nextInt(points.length + 1));
    }
}
