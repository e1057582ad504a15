package dev.tandem.testing;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Filters of every kind, about the fields and values of {@link DocumentSamples}. The same seed gives the same samples. */
public final class FilterSamples {

    private static final int DEEPEST = 4;

    private final Random random;
    private final MetadataSamples metadata;
    private final DateSamples dates;
    private final GeoSamples places;
    private final List<Document> documents;
    private boolean isInElement;

    private FilterSamples(Random random, List<Document> documents) {
        this.random = random;
        this.metadata = new MetadataSamples(random);
        this.dates = new DateSamples(random);
        this.places = new GeoSamples(random);
        this.documents = documents;
    }

    /** Filters on metadata only, without dates and distances. */
    public static FilterSamples onMetadata(Random random) {
        return new FilterSamples(random, List.of());
    }

    /** Filters on metadata, dates and distances in it, and on the own fields of these documents. */
    public static FilterSamples on(Random random, List<Document> documents) {
        return new FilterSamples(random, documents);
    }

    /** A filter of up to four nested levels; sometimes one that has no conditions. */
    public Filter next() {
        return filter(1);
    }

    /** A condition on one field. */
    public Filter leaf() {
        if (!documents.isEmpty() && random.nextInt(3) == 0) {
            return switch (random.nextInt(3)) {
                case 0 -> onDate(path());
                case 1 -> new Filter.Near(path(), places.circle());
                default -> isInElement ? new Filter.InBox(path(), places.box()) : onDocument();
            };
        }
        FieldPath path = path();
        return switch (random.nextInt(9)) {
            case 8 -> new Filter.InBox(path, places.box());
            case 7 -> new Filter.ElementMatches(path, ofElement());
            case 0 -> new Filter.Exists(path);
            case 1, 2 -> new Filter.Equal(path, metadata.scalar());
            case 3 -> new Filter.In(path, several(metadata::scalar));
            case 4 ->
                new Filter.Compare(path, comparison(), random.nextBoolean() ? metadata.number() : metadata.text());
            case 5 -> new Filter.Contains(path, metadata.text());
            default -> new Filter.StartsWith(path, metadata.text());
        };
    }

    private Filter ofElement() {
        boolean before = isInElement;
        isInElement = true;
        Filter filter = filter(DEEPEST - 1);
        isInElement = before;
        return filter;
    }

    private Filter onDate(FieldPath path) {
        return switch (random.nextInt(3)) {
            case 0 -> new Filter.Equal(path, dates.date());
            case 1 -> new Filter.In(path, several(() -> random.nextBoolean() ? dates.date() : metadata.scalar()));
            default -> new Filter.Compare(path, comparison(), dates.date());
        };
    }

    private Filter onDocument() {
        DocumentField field = DocumentField.values()[random.nextInt(DocumentField.values().length)];
        return switch (random.nextInt(field.type() == DocumentField.Type.TEXT ? 6 : 4)) {
            case 0 -> new Filter.Exists(field);
            case 1 -> new Filter.Equal(field, value(field));
            case 2 -> new Filter.In(field, several(() -> value(field)));
            case 3 -> {
                Object bound = value(field);
                yield bound == null ? new Filter.Exists(field) : new Filter.Compare(field, comparison(), bound);
            }
            case 4 -> new Filter.Contains(field, part(field));
            default -> new Filter.StartsWith(field, part(field));
        };
    }

    /** What a document has in the field, or something else of its type. */
    private @Nullable Object value(DocumentField field) {
        if (random.nextInt(3) > 0) {
            return documents.get(random.nextInt(documents.size())).value(field);
        }
        return switch (field.type()) {
            case TEXT -> metadata.text();
            case NUMBER -> metadata.number();
            case DATE -> dates.date();
        };
    }

    private String part(DocumentField field) {
        String text = value(field) instanceof String value && !value.isEmpty() ? value : "x";
        int end = text.offsetByCodePoints(0, 1 + random.nextInt(Math.min(3, text.codePointCount(0, text.length()))));
        return text.substring(0, end);
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
