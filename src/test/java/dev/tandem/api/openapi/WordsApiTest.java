package dev.tandem.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.api.imports.ImportParameters;
import dev.tandem.api.imports.csv.Delimiter;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.document.EmbeddingState;
import dev.tandem.domain.document.Revision.ChangedPart;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.job.JobKind;
import dev.tandem.domain.job.JobState;
import dev.tandem.domain.search.SearchMode;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.transfer.ImportMode;
import dev.tandem.factory.rules.Choice;
import dev.tandem.factory.search.SearchFactory;
import dev.tandem.index.IndexHealth;
import dev.tandem.service.document.Written;
import dev.tandem.service.job.JobWork;
import dev.tandem.testing.ProbeWork;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description has exactly the words of the enumerations. */
@QuarkusTest
class WordsApiTest {

    @Inject
    Instance<JobWork> works;

    private Description description = new Description(JsonNodeFactory.instance.objectNode());

    @BeforeEach
    void read() throws Exception {
        description = Description.read();
    }

    @Test
    void describesTheWordsOfEveryEnumeration() {
        assertThat(description.wordsOf("CollectionRequest", "language")).isEqualTo(Choice.words(Language.class));
        assertThat(description.wordsOf("CollectionView", "language")).isEqualTo(Choice.words(Language.class));
        assertThat(description.wordsOf("EmbeddingRequest", "metric")).isEqualTo(Choice.words(Metric.class));
        assertThat(description.wordsOf("EmbeddingView", "metric")).isEqualTo(Choice.words(Metric.class));
        assertThat(description.wordsOf("SearchRequest", "mode")).isEqualTo(Choice.words(SearchMode.class));
        assertThat(description.wordsOf("SearchRequest", "syntax")).isEqualTo(Choice.words(SearchFactory.Syntax.class));
        assertThat(description.wordsOf("SearchRequest", "fuzzy")).isEqualTo(Choice.words(SearchFactory.Fuzzy.class));
        assertThat(description.wordsOf("SearchRequest", "include")).isEqualTo(Choice.words(SearchQuery.Include.class));
        assertThat(description.wordsOf("FusionRequest", "type"))
                .isEqualTo(Choice.words(SearchFactory.FusionType.class));
        assertThat(description.wordsOf("DocumentListRequest", "count"))
                .isEqualTo(Choice.words(DocumentQuery.Count.class));
        assertThat(description.wordsOf("JobView", "state")).isEqualTo(Choice.words(JobState.class));
        assertThat(description.wordsOf("JobView", "kind")).isEqualTo(Choice.words(JobKind.class));
        assertThat(description.wordsOf("RevisionView", "changed")).isEqualTo(Choice.words(ChangedPart.class));
        assertThat(description.wordsOf("ImportLineResult", "outcome")).isEqualTo(Choice.words(Written.Effect.class));
        assertThat(description.wordsOf("IndexStats", "state")).isEqualTo(Choice.words(IndexHealth.class));
        String imports = "POST /v1/collections/{name}/documents:import";
        assertThat(description.words(imports, "mode")).isEqualTo(Choice.words(ImportMode.class));
        assertThat(description.words(imports, "onError")).isEqualTo(Choice.words(ImportParameters.OnError.class));
        assertThat(description.words(imports, "delimiter")).isEqualTo(Choice.words(Delimiter.class));
        assertThat(description.words(imports, "results")).isEqualTo(Choice.words(ImportParameters.Results.class));
        assertThat(Description.strings(description.api().at("/components/headers/Tandem-Embedding/schema/enum")))
                .isEqualTo(Choice.words(EmbeddingState.class));
    }

    @Test
    void everyJobHasADescribedKind() {
        Set<String> kinds = new TreeSet<>();
        works.forEach(work -> kinds.add(work.kind()));
        kinds.remove(ProbeWork.KIND);
        assertThat(kinds).isEqualTo(new TreeSet<>(Choice.words(JobKind.class)));
    }

    @Test
    void saysWhatEachLanguageDoes() {
        String text = description.schema("Language").path("description").asText();
        assertThat(Choice.words(Language.class)).allMatch(word -> text.contains("* `" + word + "`: "));
    }
}
