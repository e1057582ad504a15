package dev.tandem.api.document;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.http.EnumParameters;
import dev.tandem.api.http.Query;
import dev.tandem.api.paging.Cursors;
import dev.tandem.api.problem.JsonFailures;
import dev.tandem.domain.Page;
import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.document.Keyset;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.metadata.FilterFactory;
import dev.tandem.factory.metadata.OrderFactory;
import dev.tandem.service.document.StoredDocument;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a list, and its pages. */
@Singleton
public class DocumentListReader {

    private final Cursors cursors;
    private final ObjectMapper mapper;

    DocumentListReader(Cursors cursors, ObjectMapper mapper) {
        this.cursors = cursors;
        this.mapper = mapper;
    }

    /**
     * The page that is asked for. Fails with {@link Refusal.Malformed} if the request is not valid.
     *
     * @param pages reads it
     */
    Uni<DocumentListView> page(
            String collection, DocumentListRequest request, Function<DocumentQuery, Uni<Page<StoredDocument>>> pages) {
        int limit = request.limit() == null ? Query.DEFAULT_PAGE : Query.limit(request.limit());
        Filter filter =
                request.filter() == null ? Filter.EVERYTHING : FilterFactory.create(request.filter(), "/filter");
        DocumentOrder order = request.sort() == null ? DocumentOrder.OLDEST_FIRST : OrderFactory.create(request.sort());
        DocumentQuery.Count count = count(request.count());
        return DocumentCursor.of(cursors, collection, filter, order).chain(cursor -> {
            Keyset from = requireNonNullElse(cursor.place(request.cursor()), Keyset.BEGINNING);
            DocumentQuery query = new DocumentQuery(filter, order, from, limit, count);
            return pages.apply(query).map(page -> DocumentListView.of(page, query, cursor));
        });
    }

    /**
     * The filter from an address, written as JSON; if there is none, one that matches everything.
     *
     * @throws Refusal.Malformed if the filter is not valid
     */
    public Filter readFilter(@Nullable String json) {
        Map<String, @Nullable Object> filter = filter(json);
        return filter == null ? Filter.EVERYTHING : FilterFactory.create(filter, "/filter");
    }

    /** The JSON of a filter from an address. */
    @Nullable
    Map<String, @Nullable Object> filter(@Nullable String json) {
        if (json == null) {
            return null;
        }
        try {
            Map<String, @Nullable Object> filter = mapper.readValue(json, new TypeReference<>() {});
            if (filter == null) {
                throw new Refusal.Malformed("json.wrong_type", "/filter", "This must be an object.");
            }
            return filter;
        } catch (JsonProcessingException e) {
            Refusal.Malformed failure = JsonFailures.of(e);
            var violation = failure.violations().getFirst();
            throw new Refusal.Malformed(violation.code(), "/filter" + violation.pointer(), violation.message());
        }
    }

    private static DocumentQuery.Count count(@Nullable String count) {
        return requireNonNullElse(
                EnumParameters.read(DocumentQuery.Count.class, "count", count, "parameter.count"),
                DocumentQuery.Count.NONE);
    }
}
