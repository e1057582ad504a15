package dev.tandem.api.info;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.service.info.ServiceInfo;
import dev.tandem.service.info.ServiceInfo.EngineInfo;
import dev.tandem.service.info.ServiceInfo.ModelInfo;
import dev.tandem.service.info.ServiceInfo.RerankerInfo;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a service is and what it offers.
 *
 * @param commit the commit that it was built from; null if the build did not know
 * @param defaultEngine the engine of a new collection that names none
 * @param defaultModel the model of a new collection that names none
 */
@Schema(name = "Info", examples = """
{"name": "tandem", "version": "1.0.0", "commit": "8f0c5f8f4fd1c0a3b1d0f4d6ad0a7ce1f86b9a5e", "engines": [{"name": "lucene", "lacks": {}}, {"name": "pgvector", "lacks": {"keywords": "It searches vectors only. Words are searched in the index of each replica."}}], "defaultEngine": "lucene", "models": [{"name": "all-minilm-l6-v2", "dimensions": 384, "maxTokens": 254, "runs": "local"}], "defaultModel": "all-minilm-l6-v2", "rerankers": [{"name": "bge-reranker", "textCharacters": 2000}], "limits": {"bodyBytes": 4194304, "importLineBytes": 4194304, "importJobBytes": 4294967296, "contentCharacters": 1000000, "titleCharacters": 2000, "metadataBytes": 65536, "dimensions": 4096, "keysPerRequest": 1000, "pageItems": 1000, "searchHits": 1000, "queryCharacters": 10000, "documentsByFilter": 1000}}
""")
public record InfoView(
        String name,
        String version,
        @Nullable String commit,
        List<EngineView> engines,
        String defaultEngine,
        List<ModelView> models,
        String defaultModel,
        List<RerankerView> rerankers,
        LimitsView limits) {

    /**
     * A search engine.
     *
     * @param lacks the abilities that it does not have, each with the reason
     */
    @Schema(name = "InfoEngine")
    public record EngineView(String name, Map<String, String> lacks) {

        static EngineView of(EngineInfo engine) {
            return new EngineView(engine.name(), engine.lacks());
        }
    }

    /**
     * An embedding model.
     *
     * @param dimensions the length of its vectors; null as long as its server has not said
     * @param maxTokens the longest text that it reads, in its own tokens
     * @param runs local in this process, or on a server
     */
    @Schema(name = "InfoModel")
    public record ModelView(
            String name,
            @Nullable Integer dimensions,
            int maxTokens,

            @Schema(enumeration = {"local", "server"}) String runs) {

        static ModelView of(ModelInfo model) {
            Integer dimensions = model.dimensions() == 0 ? null : Integer.valueOf(model.dimensions());
            return new ModelView(model.name(), dimensions, model.maxTokens(), model.isLocal() ? "local" : "server");
        }
    }

    /**
     * A model that orders the hits of searches by their texts.
     *
     * @param textCharacters how much of a text its server is sent
     */
    @Schema(name = "InfoReranker")
    public record RerankerView(String name, int textCharacters) {

        static RerankerView of(RerankerInfo reranker) {
            return new RerankerView(reranker.name(), reranker.textCharacters());
        }
    }

    static InfoView of(ServiceInfo info, LimitsView limits) {
        List<ModelView> models = info.models().stream().map(ModelView::of).toList();
        return new InfoView(
                info.name(),
                info.version(),
                info.commit().orElse(null),
                info.engines().stream().map(EngineView::of).toList(),
                info.engines().getFirst().name(),
                models,
                models.isEmpty() ? EmbeddingSettings.NONE : models.getFirst().name(),
                info.rerankers().stream().map(RerankerView::of).toList(),
                limits);
    }
}
