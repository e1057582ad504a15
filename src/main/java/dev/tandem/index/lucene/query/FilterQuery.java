package dev.tandem.index.lucene.query;

import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.metadata.geo.GeoBox;
import dev.tandem.domain.metadata.geo.GeoRectangle;
import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.lucene.shape.MetadataTerm;
import dev.tandem.index.lucene.shape.NumberKey;
import dev.tandem.work.Stop;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.document.BinaryPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** A filter as a Lucene query: matches the documents that {@link Filter#matches} is true for, and no chunks. It does not score. */
final class FilterQuery {

    static {
        // Filters have their own limits, checked when they are read, and keyword queries have those of QueryWords.
        // Lucene's limit would apply to the whole process.
        IndexSearcher.setMaxClauseCount(Integer.MAX_VALUE);
    }

    private final Stop stop;

    /** @param stop ends a scan of terms */
    FilterQuery(Stop stop) {
        this.stop = stop;
    }

    Query of(Filter filter) {
        return switch (filter) {
            case Filter.And(var conditions) -> all(conditions);
            case Filter.Or(var conditions) -> any(conditions);
            case Filter.Not(var condition) -> not(condition);
            case Filter.ElementMatches elements -> new ObjectScan(of(likely(elements)), elements, stop);
            case Filter.InBox(var path, var box) -> places(path, box);
            case Filter.Near near -> new ObjectScan(of(near.inBounds()), near, stop);
            case Filter.Exists(var field) -> term(MetadataTerm.exists(MetadataTerm.hash(field)));
            case Filter.Equal(var field, var value) -> term(MetadataTerm.equal(MetadataTerm.hash(field), value));
            case Filter.In(var field, var values) -> in(field, values);
            case Filter.Compare(var field, var comparison, Number bound) ->
                numbers(MetadataTerm.hash(field), comparison, bound);
            case Filter.Compare(var field, var comparison, Instant bound) ->
                numbers(MetadataTerm.hashOfDates(field), comparison, Dates.micros(bound));
            case Filter.Compare(var field, var comparison, String bound) -> texts(field, comparison, bound);
            case Filter.Compare compare -> new MatchNoDocsQuery("nothing compares with " + compare.bound());
            case Filter.Contains(var field, var text) -> contains(field, text);
            case Filter.StartsWith(var field, var prefix) -> startsWith(field, prefix);
        };
    }

    /** What holds for the document as a whole if the condition holds for one of its objects. */
    private static Filter likely(Filter.ElementMatches elements) {
        return new Filter.And(
                List.of(new Filter.Exists(elements.path()), likely(elements.condition(), elements.path())));
    }

    private static Filter likely(Filter condition, FieldPath parent) {
        return switch (condition) {
            case Filter.And(var conditions) -> new Filter.And(likely(conditions, parent));
            case Filter.Or(var conditions) -> new Filter.Or(likely(conditions, parent));
            // Another object of the document may well have what this one does not.
            case Filter.Not ignored -> Filter.EVERYTHING;
            case Filter.ElementMatches(var path, var inner) -> likely(inner, parent.beyond(path));
            case Filter.InBox(var path, var box) -> new Filter.InBox(parent.beyond(path), box);
            case Filter.Near near -> likely(near.inBounds(), parent);
            case Filter.Exists(var field) -> new Filter.Exists(below(parent, field));
            case Filter.Equal(var field, var value) -> new Filter.Equal(below(parent, field), value);
            case Filter.In(var field, var values) -> new Filter.In(below(parent, field), values);
            case Filter.Compare(var field, var comparison, var bound) ->
                new Filter.Compare(below(parent, field), comparison, bound);
            case Filter.Contains(var field, var text) -> new Filter.Contains(below(parent, field), text);
            case Filter.StartsWith(var field, var prefix) -> new Filter.StartsWith(below(parent, field), prefix);
        };
    }

    private static List<Filter> likely(List<Filter> conditions, FieldPath parent) {
        return conditions.stream().map(condition -> likely(condition, parent)).toList();
    }

    private static FilterField below(FieldPath parent, FilterField field) {
        return parent.beyond((FieldPath) field);
    }

    private Query all(List<Filter> conditions) {
        if (conditions.isEmpty()) {
            return Fields.documents();
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        conditions.forEach(condition -> all.add(of(condition), Occur.FILTER));
        return all.build();
    }

    private Query any(List<Filter> conditions) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        conditions.forEach(condition -> any.add(of(condition), Occur.SHOULD));
        return new ConstantScoreQuery(any.build());
    }

    private Query not(Filter condition) {
        return new BooleanQuery.Builder()
                .add(Fields.documents(), Occur.FILTER)
                .add(of(condition), Occur.MUST_NOT)
                .build();
    }

    private static Query places(FieldPath path, GeoBox box) {
        byte[] hash = MetadataTerm.hash(path);
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (GeoRectangle rectangle : box.rectangles()) {
            byte[][] lowest = {hash, NumberKey.of(rectangle.south()), NumberKey.of(rectangle.west())};
            byte[][] highest = {hash, NumberKey.of(rectangle.north()), NumberKey.of(rectangle.east())};
            any.add(BinaryPoint.newRangeQuery(Fields.PLACES, lowest, highest), Occur.SHOULD);
        }
        return new ConstantScoreQuery(any.build());
    }

    private static Query in(FilterField field, Collection<@Nullable Object> values) {
        byte[] hash = MetadataTerm.hash(field);
        Stream<BytesRef> terms = values.stream().map(value -> MetadataTerm.equal(hash, value));
        return new TermInSetQuery(Fields.METADATA, terms.toList());
    }

    private static Query numbers(byte[] hash, Comparison comparison, Number bound) {
        byte[] key = NumberKey.of(bound);
        byte[] lowest = NumberKey.lowest();
        byte[] highest = NumberKey.highest();
        return switch (comparison) {
            case GREATER -> numbers(hash, NumberKey.after(key), highest);
            case GREATER_OR_EQUAL -> numbers(hash, key, highest);
            case LESS -> numbers(hash, lowest, NumberKey.before(key));
            case LESS_OR_EQUAL -> numbers(hash, lowest, key);
        };
    }

    private static Query numbers(byte[] path, byte[] lower, byte[] upper) {
        return BinaryPoint.newRangeQuery(Fields.NUMBERS, new byte[][] {path, lower}, new byte[][] {path, upper});
    }

    private Query texts(FilterField field, Comparison comparison, String bound) {
        byte[] hash = MetadataTerm.hash(field);
        BytesRef first = MetadataTerm.text(hash, "");
        BytesRef last = MetadataTerm.afterTexts(hash);
        BytesRef at = MetadataTerm.text(hash, bound);
        return switch (comparison) {
            case GREATER -> new TextScan(successor(at), last, null, stop);
            case GREATER_OR_EQUAL -> new TextScan(at, last, null, stop);
            case LESS -> new TextScan(first, at, null, stop);
            case LESS_OR_EQUAL -> new TextScan(first, successor(at), null, stop);
        };
    }

    private Query contains(FilterField field, String text) {
        byte[] hash = MetadataTerm.hash(field);
        return new TextScan(MetadataTerm.text(hash, ""), MetadataTerm.afterTexts(hash), new BytesRef(text), stop);
    }

    private Query startsWith(FilterField field, String prefix) {
        BytesRef from = MetadataTerm.text(MetadataTerm.hash(field), prefix);
        return new TextScan(from, afterPrefix(from), null, stop);
    }

    private static Query term(BytesRef term) {
        return new ConstantScoreQuery(new TermQuery(new Term(Fields.METADATA, term)));
    }

    /** The next greater term. */
    private static BytesRef successor(BytesRef term) {
        byte[] bytes = new byte[term.length + 1];
        System.arraycopy(term.bytes, term.offset, bytes, 0, term.length);
        return new BytesRef(bytes);
    }

    /** The smallest term that is greater than all terms with this prefix. UTF-8 never contains the byte 0xFF, so the last byte can grow. */
    private static BytesRef afterPrefix(BytesRef prefix) {
        BytesRef after = BytesRef.deepCopyOf(prefix);
        after.bytes[after.offset + after.length - 1]++;
        return after;
    }
}
