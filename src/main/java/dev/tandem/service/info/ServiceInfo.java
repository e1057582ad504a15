package dev.tandem.service.info;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this service is and what it offers. It says nothing about where its servers are or how it authenticates to them.
 *
 * @param commit the commit that it was built from; empty if the build did not know
 * @param engines the search engines; the first is the default of new collections
 * @param models the embedding models; the first is the default of new collections, if this service has it
 * @param rerankers in the order of their names
 */
public record ServiceInfo(
        String name,
        String version,
        Optional<String> commit,
        List<EngineInfo> engines,
        List<ModelInfo> models,
        List<RerankerInfo> rerankers) {

    public ServiceInfo {
        engines = List.copyOf(engines);
        models = List.copyOf(models);
        rerankers = List.copyOf(rerankers);
    }

    /** @param lacks the abilities that the engine does not have, in lower case and in order, each with the reason */
    public record EngineInfo(String name, Map<String, String> lacks) {}

    /**
     * @param dimensions the length of its vectors; 0 as long as it is not known
     * @param maxTokens the longest input that it reads, in its own tokens
     * @param isLocal whether it runs in this process, not on a server
     */
    public record ModelInfo(String name, int dimensions, int maxTokens, boolean isLocal) {}

    /** @param textCharacters how much of a text it is sent */
    public record RerankerInfo(String name, int textCharacters) {}
}
