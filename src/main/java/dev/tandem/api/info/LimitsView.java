package dev.tandem.api.info;

import dev.tandem.api.gate.ApiConfig;
import dev.tandem.api.http.Query;
import dev.tandem.api.http.TransferConfig;
import dev.tandem.factory.collection.CollectionFactory;
import dev.tandem.factory.document.DocumentFactory;
import dev.tandem.factory.document.KeyRules;
import dev.tandem.factory.rules.MetadataRules;
import dev.tandem.factory.search.SearchFactory;
import dev.tandem.service.job.JobConfig;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The limits that a client has to know to form its requests.
 *
 * @param bodyBytes of the JSON body of a request
 * @param importLineBytes of a line of an import
 * @param importJobBytes of all lines of an import that a job writes
 * @param metadataBytes of a document's metadata as compact JSON
 * @param dimensions of a vector; an engine may take fewer
 * @param keysPerRequest of a request that names documents by their keys
 * @param pageItems the greatest {@code limit} of a list
 * @param searchHits the greatest {@code limit} of a search
 * @param documentsByFilter that a change by filter may affect without a job
 */
@Schema(name = "Limits")
public record LimitsView(
        long bodyBytes,
        long importLineBytes,
        long importJobBytes,
        int contentCharacters,
        int titleCharacters,
        int metadataBytes,
        int dimensions,
        int keysPerRequest,
        int pageItems,
        int searchHits,
        int queryCharacters,
        int documentsByFilter) {

    static LimitsView of(ApiConfig api, TransferConfig transfer, JobConfig jobs) {
        return new LimitsView(
                api.largestBody().asLongValue(),
                transfer.longestLine().asLongValue(),
                transfer.largestKept().asLongValue(),
                DocumentFactory.LONGEST_CONTENT,
                DocumentFactory.LONGEST_TITLE,
                MetadataRules.LARGEST,
                CollectionFactory.MOST_DIMENSIONS,
                KeyRules.MOST,
                Query.LARGEST_PAGE,
                SearchFactory.MOST_HITS,
                SearchFactory.LONGEST_QUERY,
                jobs.direct());
    }
}
