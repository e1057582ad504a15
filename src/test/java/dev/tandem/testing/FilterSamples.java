package dev.tandem.testing;

import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Filters of every kind, about the fields and values of {@link MetadataSamples}. The same seed gives the same samples. */
public final class FilterSamples {

    private static final int DEEPEST = 4;

    private final Random random;
    private final MetadataSamples metadata;

    public FilterSamples(Random random) {
        this.random = random;
        this.metadata = new MetadataSamples(random);
    }

    /** A filter of up to four nested levels; sometimes one that has no conditions. */
    public Filter next() {
        return filter(1);
    }

    /** A condition on one field. */
    public Filter leaf() {
        FieldPath path = path();
        return switch (random.nextInt(7)) {
            case 0 -> new Filter.Exists(path);
            case 1, 2 -> new Filter.Equal(path, metadata.scalar());
            case 3 -> new Filter.In(path, several(metadata::scalar));
            case 4 ->
                new Filter.Compare(path, comparison(), random.nextBoolean() ? metadata.number() : metadata.text());
            case 5 -> new Filter.Contains(path, metadata.text());
            default -> new Filter.StartsWith(path, metadata.text());
        };
    }

    public FieldPath path() {
        FieldPath path = new FieldPath(List.of(metadata.name()));
        while (random.nextInt(3) == 0) {
            path = path.child(metadata.name());
        }
        return path;
    }

    private Filter filter(int depth) {
        if (depth >= DEEPEST) {
            return leaf();
        }
        return switch (random.nextInt(6)) {
            case 0 -> new Filter.And(several(() -> filter(depth + 1)));
            case 1 -> new Filter.Or(several(() -> filter(depth + 1)));
            case 2 -> new Filter.Not(filter(depth + 1));
            default -> leaf();
        };
    }

    private Comparison comparison() {
        return Comparison.values()[random.nextInt(Comparison.values().length)];
    }

    /** None to three. */
    private <T> List<T> several(Supplier<T> one) {
        List<T> several = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            several.add(one.get());
        }
        return several;
    }
}
