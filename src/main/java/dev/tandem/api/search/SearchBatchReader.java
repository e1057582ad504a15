package dev.tandem.api.search;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.gate.BodyLimits;
import dev.tandem.api.problem.JsonFailures;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.search.SearchBatch;
import dev.tandem.service.search.SearchBatch.Asked;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the body of a batch. A search that can't be read fails by itself, as it would in a body of its own. */
@Singleton
class SearchBatchReader {

    /** Deeper than a search may be, so that one that is too deep fails by itself, but shallow enough for what a parser keeps of each level. */
    private static final int DEEPEST = 1_000;

    /** Finds where a value ends, and judges nothing else of it. */
    private static final JsonFactory ENDS = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final ObjectMapper mapper;

    SearchBatchReader(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * The searches, in their order.
     *
     * @param sequence the header, for each of them; null if there is none
     * @throws Refusal.Malformed if the body is no batch, or the header is not valid
     */
    List<Asked> read(byte[] body, @Nullable String sequence) {
        if (body.length == 0) {
            throw BodyLimits.missing();
        }
        try {
            return searches(body, sequence);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be read", e);
        }
    }

    /** Nearly every batch can be read as a whole, which takes half of the time. */
    private List<Asked> searches(byte[] body, @Nullable String sequence) throws IOException {
        SearchBatchRequest whole;
        try {
            whole = mapper.readValue(body, SearchBatchRequest.class);
        } catch (JsonProcessingException failure) {
            return apart(body, sequence, failure);
        }
        if (whole == null) {
            throw BodyLimits.missing();
        }
        List<SearchRequest> searches = whole.searches() == null ? List.of() : whole.searches();
        return searches.stream().map(search -> asked(search, sequence)).toList();
    }

    /** @param failure why the body can't be read as a whole */
    private List<Asked> apart(byte[] body, @Nullable String sequence, JsonProcessingException failure)
            throws IOException {
        List<Asked> searches = new ArrayList<>();
        try (JsonParser parser = ENDS.createParser(body)) {
            boolean isList = parser.nextToken() == JsonToken.START_OBJECT
                    && SearchBatchRequest.LIST.equals(parser.nextFieldName())
                    && parser.nextToken() == JsonToken.START_ARRAY;
            while (isList && parser.nextToken() != JsonToken.END_ARRAY) {
                if (searches.size() == SearchBatch.MOST) {
                    throw SearchBatch.amount();
                }
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                int end = (int) parser.currentLocation().getByteOffset();
                searches.add(read(body, start, end, sequence));
            }
            if (!isList || parser.nextToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw JsonFailures.of(failure);
            }
            return searches;
        } catch (JsonProcessingException e) {
            throw JsonFailures.of(e);
        }
    }

    private Asked read(byte[] body, int start, int end, @Nullable String sequence) throws IOException {
        try {
            SearchRequest search = mapper.readerFor(SearchRequest.class).readValue(body, start, end - start);
            return search == null
                    ? new Asked.Unreadable(new Refusal.Malformed("json.wrong_type", "", "This must be an object."))
                    : asked(search, sequence);
        } catch (JsonProcessingException e) {
            return new Asked.Unreadable(JsonFailures.of(e));
        }
    }

    private static Asked asked(SearchRequest search, @Nullable String sequence) {
        return new Asked.Search(search.toDraft(sequence));
    }
}
