package dev.tandem.service.info;

import dev.tandem.domain.embedding.EmbeddingModel;
import dev.tandem.embedding.Embedder;
import dev.tandem.embedding.Embedders;
import dev.tandem.embedding.rerank.Rerankers;
import dev.tandem.index.Engine;
import dev.tandem.index.Indexes;
import dev.tandem.index.parts.Engines;
import dev.tandem.service.info.ServiceInfo.EngineInfo;
import dev.tandem.service.info.ServiceInfo.ModelInfo;
import dev.tandem.service.info.ServiceInfo.RerankerInfo;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Describes this service. It asks no server. */
@ApplicationScoped
public class InfoService {

    private final String name;
    private final String version;
    private final Optional<String> commit;
    private final Engines engines;
    private final Embedders embedders;
    private final Rerankers rerankers;

    InfoService(
            @ConfigProperty(name = "quarkus.application.name") String name,
            @ConfigProperty(name = "quarkus.application.version") String version,
            // written by the build
            @ConfigProperty(name = "tandem.build.commit.id") Optional<String> commit,
            Engines engines,
            Embedders embedders,
            Rerankers rerankers) {
        this.name = name;
        this.version = version;
        this.commit = commit;
        this.engines = engines;
        this.embedders = embedders;
        this.rerankers = rerankers;
    }

    /** What this service is and offers now. Only the dimensions of a server's model may change: from 0 to what the server has said. */
    public ServiceInfo info() {
        List<EngineInfo> offered = engines.all().stream()
                .map(Indexes::engine)
                .map(InfoService::described)
                .toList();
        List<ModelInfo> models =
                embedders.models().values().stream().map(this::described).toList();
        List<RerankerInfo> readers = rerankers.all().stream()
                .map(reranker -> new RerankerInfo(reranker.name(), reranker.textCharacters()))
                .toList();
        return new ServiceInfo(name, version, commit, offered, models, readers);
    }

    private static EngineInfo described(Engine engine) {
        Map<String, String> lacks = new TreeMap<>();
        engine.lacks().forEach((ability, reason) -> lacks.put(ability.name().toLowerCase(Locale.ROOT), reason));
        return new EngineInfo(engine.name(), lacks);
    }

    private ModelInfo described(EmbeddingModel model) {
        boolean isLocal = embedders.find(model.name()).filter(Embedder::isLocal).isPresent();
        return new ModelInfo(model.name(), model.dimensions(), model.maxTokens(), isLocal);
    }
}
