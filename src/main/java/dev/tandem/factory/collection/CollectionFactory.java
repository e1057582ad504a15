package dev.tandem.factory.collection;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.CollectionSettings;
import dev.tandem.domain.collection.HistorySettings;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.collection.VectorSets;
import dev.tandem.domain.embedding.Chunking;
import dev.tandem.domain.embedding.EmbeddingModel;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.Identities;
import dev.tandem.factory.collection.CollectionDraft.Chunks;
import dev.tandem.factory.collection.CollectionDraft.Embedding;
import dev.tandem.factory.collection.CollectionDraft.History;
import dev.tandem.factory.rules.Choice;
import dev.tandem.factory.rules.SlugRules;
import dev.tandem.factory.rules.TextRules;
import dev.tandem.factory.schema.MetadataSchema;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes collections: it turns a draft into a collection, or reports every broken rule. */
@Singleton
public class CollectionFactory {

    private static final int LONGEST_DESCRIPTION = 1000;
    /** The largest embedding models make vectors of this length. A vector then takes 16 kB in its row and in a request. */
    public static final int MOST_DIMENSIONS = 4096;

    private static final int FEWEST_TOKENS = 16;
    private static final int USUAL_OVERLAP = 20;
    private static final int MOST_VERSIONS = 1_000;
    private static final int MOST_DAYS = 3_650;
    /** How long a model's server may take to say how long its vectors are. */
    private static final Duration ASKED_AGAIN = Duration.ofSeconds(5);

    private final Identities identities;

    CollectionFactory(Identities identities) {
        this.identities = identities;
    }

    /**
     * Makes a new collection. What the draft doesn't mention gets its default: the first model with its dimensions, cosine, chunks as long as
     * suits the model, English, and the first engine.
     *
     * @param offer what the service has to choose from
     * @throws Refusal.Rejected naming every broken rule
     * @throws Refusal.Unavailable if the model's dimensions are not known yet
     */
    public Collection create(CollectionDraft draft, Offer offer) {
        Violations violations = new Violations();
        String name = SlugRules.check(draft.name(), "/name", "collection.name", violations);
        EmbeddingSettings embedding = embedding(draft.embedding(), offer.models(), violations);
        IndexSettings index = IndexSettings.in(engine(draft.engine(), offer.engines(), violations));
        CollectionSettings settings = settings(draft, embedding, index, VectorSets.FIRST, offer, violations);
        violations.rejectIfAny();
        Instant now = identities.now();
        return new Collection(identities.next(), name, draft.description(), settings, 1, now, now);
    }

    /**
     * The collection as the draft describes it. What the draft doesn't mention is reset to its default, except for the embedding
     * and the engine, which stay.
     *
     * @throws Refusal.Rejected naming every broken rule
     */
    public Collection change(Collection collection, CollectionDraft draft, Offer offer) {
        Violations violations = new Violations();
        violations.require(
                draft.name() == null || draft.name().equals(collection.name()),
                "/name",
                "collection.name.immutable",
                "A collection's name is changed by :rename.");
        EmbeddingSettings embedding = draft.embedding() == null
                ? collection.embedding()
                : embedding(draft.embedding(), offer.models(), violations);
        IndexSettings index = collection.settings().index();
        violations.require(
                draft.engine() == null || draft.engine().equals(index.engine()),
                "/engine",
                "collection.engine.immutable",
                "A collection is moved to another engine by :rebuild.");
        CollectionSettings settings =
                settings(draft, embedding, index, collection.settings().vectors(), offer, violations);
        violations.rejectIfAny();
        return collection.changedTo(draft.description(), settings, identities.now());
    }

    /**
     * How the vectors of a collection are made after a move to a model. The metric is by default that of the vectors that the collection has
     * of this model, or else its present one. Fails as {@link #create} does.
     */
    public EmbeddingSettings moved(
            Collection collection, String model, @Nullable String metric, Map<String, EmbeddingModel> models) {
        Violations violations = new Violations();
        Optional<EmbeddingSettings> made = collection.sets().stream()
                .map(VectorSet::embedding)
                .filter(embedding -> embedding.model().equals(model))
                .findFirst();
        Metric present = made.orElse(collection.embedding()).metric();
        Metric wanted = Choice.of(Metric.class, metric, present, "/metric", violations);
        EmbeddingModel offered = models.get(model);
        if (made.isEmpty() && offered == null) {
            String names = String.join(", ", models.keySet());
            violations.add("/model", "collection.embedding.model", "The models are " + names + ".");
        }
        violations.rejectIfAny();
        // A move can be undone even if this service no longer has the former model, or does not know it yet.
        int dimensions = offered != null && (made.isEmpty() || offered.dimensions() > 0)
                ? known(offered)
                : made.orElseThrow().dimensions();
        return new EmbeddingSettings(model, dimensions, wanted);
    }

    private static CollectionSettings settings(
            CollectionDraft draft,
            EmbeddingSettings embedding,
            IndexSettings index,
            VectorSets vectors,
            Offer offer,
            Violations violations) {
        TextRules.check(draft.description(), LONGEST_DESCRIPTION, "/description", violations);
        if (draft.metadataSchema() != null) {
            MetadataSchema.compile(draft.metadataSchema(), "/metadataSchema", violations);
        }
        Chunking chunking = chunking(draft.chunking(), offer.models().get(embedding.model()), violations);
        Language language = Choice.of(Language.class, draft.language(), Language.ENGLISH, "/language", violations);
        return new CollectionSettings(
                        embedding,
                        chunking,
                        language,
                        draft.metadataSchema(),
                        Boolean.TRUE.equals(draft.requireIfMatch()),
                        history(draft.history(), violations),
                        index,
                        vectors)
                .expiringAfter(TimeToLiveRules.read(draft.timeToLive(), violations))
                .indexing(IndexRules.read(draft.indexes(), violations));
    }

    private static String engine(@Nullable String said, List<String> engines, Violations violations) {
        String engine = said == null ? engines.getFirst() : said;
        violations.require(
                engines.contains(engine),
                "/engine",
                "collection.engine",
                "The engines here are " + String.join(", ", engines) + ".");
        return engine;
    }

    private static HistorySettings history(@Nullable History draft, Violations violations) {
        if (draft == null) {
            return HistorySettings.DEFAULT;
        }
        int versions = draft.maxVersions() == null ? HistorySettings.DEFAULT.maxVersions() : draft.maxVersions();
        violations.require(
                versions >= 0 && versions <= MOST_VERSIONS,
                "/history/maxVersions",
                "collection.history.max_versions",
                "The number of revisions to keep is from 0, for none, to " + MOST_VERSIONS + ".");
        int days = draft.maxDays() == null ? HistorySettings.DEFAULT.maxDays() : draft.maxDays();
        violations.require(
                days >= 1 && days <= MOST_DAYS,
                "/history/maxDays",
                "collection.history.max_days",
                "Revisions are kept for 1 to " + MOST_DAYS + " days.");
        return new HistorySettings(versions, days);
    }

    private static EmbeddingSettings embedding(
            @Nullable Embedding draft, Map<String, EmbeddingModel> models, Violations violations) {
        Embedding said = draft == null ? new Embedding(null, null, null) : draft;
        Metric metric = Choice.of(Metric.class, said.metric(), Metric.COSINE, "/embedding/metric", violations);
        String name = said.model() == null ? models.keySet().iterator().next() : said.model();
        if (name.equals(EmbeddingSettings.NONE)) {
            return new EmbeddingSettings(name, ownDimensions(said.dimensions(), violations), metric);
        }
        EmbeddingModel model = models.get(name);
        if (model == null) {
            violations.add(
                    "/embedding/model",
                    "collection.embedding.model",
                    "The models are " + String.join(", ", models.keySet()) + ", and " + EmbeddingSettings.NONE
                            + " for vectors that you send yourself.");
            return new EmbeddingSettings(EmbeddingSettings.NONE, 1, metric);
        }
        int dimensions = known(model);
        violations.require(
                said.dimensions() == null || said.dimensions() == dimensions,
                "/embedding/dimensions",
                "collection.embedding.dimensions",
                name + " makes vectors of " + dimensions + " dimensions.");
        return new EmbeddingSettings(name, dimensions, metric);
    }

    private static int known(EmbeddingModel model) {
        if (model.dimensions() == 0) {
            throw new Refusal.Unavailable(
                    "embedding.dimensions_unknown",
                    "It is not known yet how long the vectors of " + model.name()
                            + " are, because its server has not answered since the start.",
                    ASKED_AGAIN);
        }
        return model.dimensions();
    }

    private static int ownDimensions(@Nullable Integer said, Violations violations) {
        boolean fits = said != null && said >= 1 && said <= MOST_DIMENSIONS;
        violations.require(
                fits,
                "/embedding/dimensions",
                "collection.embedding.dimensions",
                "Vectors that you send yourself need dimensions: a number from 1 to " + MOST_DIMENSIONS + ".");
        return fits && said != null ? said : 1;
    }

    private static Chunking chunking(@Nullable Chunks draft, @Nullable EmbeddingModel model, Violations violations) {
        int usual = model == null ? Chunking.USUAL_TOKENS : model.chunkTokens();
        if (draft == null) {
            return new Chunking(usual, Math.min(USUAL_OVERLAP, usual / 4));
        }
        int window = model == null ? Integer.MAX_VALUE : model.maxTokens();
        String most = model == null ? "" : " and at most " + window;
        int longest = draft.maxTokens() == null ? usual : draft.maxTokens();
        boolean fits = violations.require(
                longest >= FEWEST_TOKENS && longest <= window,
                "/chunking/maxTokens",
                "collection.chunking.max_tokens",
                "A chunk has at least " + FEWEST_TOKENS + most + " tokens.");
        int overlap = draft.overlapTokens() == null ? Math.min(USUAL_OVERLAP, longest / 4) : draft.overlapTokens();
        violations.require(
                !fits || (overlap >= 0 && overlap <= longest / 2),
                "/chunking/overlapTokens",
                "collection.chunking.overlap_tokens",
                "The overlap of chunks is from 0 to half of maxTokens.");
        return new Chunking(longest, overlap);
    }
}
