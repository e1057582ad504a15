package dev.tandem.database.mapper;

import dev.tandem.database.entity.CollectionEntity;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.CollectionSettings;
import dev.tandem.domain.collection.HistorySettings;
import dev.tandem.domain.collection.IndexSettings;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.collection.TimeToLive;
import dev.tandem.domain.collection.VectorSets;
import dev.tandem.domain.embedding.Chunking;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.metadata.FieldPath;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps rows of {@code collection} to collections, and back. This class defines the JSON form of the settings. */
@Singleton
public class CollectionMapper {

    public Collection toDomain(CollectionEntity row) {
        return new Collection(
                row.id, row.name, row.description, settings(row.settings), row.version, row.createdAt, row.updatedAt);
    }

    public CollectionEntity toEntity(Collection collection) {
        CollectionEntity row = new CollectionEntity();
        row.id = collection.id();
        row.createdAt = collection.createdAt();
        copy(collection, row);
        return row;
    }

    /** Writes into the row what can change. */
    public void copy(Collection collection, CollectionEntity row) {
        row.name = collection.name();
        row.description = collection.description();
        row.settings = json(collection.settings());
        row.version = collection.version();
        row.updatedAt = collection.updatedAt();
    }

    private static Map<String, @Nullable Object> json(CollectionSettings settings) {
        Map<String, @Nullable Object> json = new HashMap<>();
        json.put("model", settings.embedding().model());
        json.put("dimensions", settings.embedding().dimensions());
        json.put("metric", settings.embedding().metric().name());
        json.put("maxTokens", settings.chunking().maxTokens());
        json.put("overlapTokens", settings.chunking().overlapTokens());
        json.put("language", settings.language().name());
        json.put("metadataSchema", settings.metadataSchema());
        json.put("requireIfMatch", settings.requireIfMatch());
        json.put("maxVersions", settings.history().maxVersions());
        json.put("maxDays", settings.history().maxDays());
        json.put("engine", settings.index().engine());
        json.put("formerEngine", settings.index().former());
        Instant until = settings.index().formerUntil();
        json.put("formerEngineUntil", until == null ? null : until.toString());
        json.put("derivedFrom", settings.derivedFrom());
        TimeToLive timeToLive = settings.timeToLive();
        json.put("timeToLive", timeToLive == null ? null : timeToLive.toString());
        json.put("indexes", settings.indexes().stream().map(FieldPath::toString).toList());
        put(settings.vectors(), json);
        return json;
    }

    private static void put(VectorSets vectors, Map<String, @Nullable Object> json) {
        json.put("vectorSet", vectors.searched());
        json.put("droppedSets", vectors.dropped());
        json.put("lastSet", vectors.last());
        VectorSets.Beside beside = vectors.beside();
        if (beside != null) {
            json.put("besideSet", beside.set().number());
            json.put("besideModel", beside.set().embedding().model());
            json.put("besideDimensions", beside.set().embedding().dimensions());
            json.put("besideMetric", beside.set().embedding().metric().name());
            json.put("besideShownFrom", beside.shownFrom());
            json.put(
                    "besideUntil",
                    beside.until() == null ? null : beside.until().toString());
        }
    }

    /** Collections from before there were several sets have no such settings. */
    private static VectorSets vectors(JsonObject json) {
        Integer beside = json.getInteger("besideSet");
        List<Integer> dropped = json.getJsonArray("droppedSets", new JsonArray()).stream()
                .map(number -> ((Number) number).intValue())
                .toList();
        return new VectorSets(
                json.getInteger("vectorSet", 0),
                beside == null
                        ? null
                        : new VectorSets.Beside(
                                new VectorSet(
                                        beside,
                                        new EmbeddingSettings(
                                                json.getString("besideModel"),
                                                json.getInteger("besideDimensions"),
                                                Metric.valueOf(json.getString("besideMetric")))),
                                json.getLong("besideShownFrom"),
                                json.getInstant("besideUntil")),
                dropped,
                json.getInteger("lastSet", 0));
    }

    private static CollectionSettings settings(Map<String, Object> json) {
        JsonObject settings = new JsonObject(json);
        JsonObject schema = settings.getJsonObject("metadataSchema");
        String timeToLive = settings.getString("timeToLive");
        return new CollectionSettings(
                new EmbeddingSettings(
                        settings.getString("model"),
                        settings.getInteger("dimensions"),
                        Metric.valueOf(settings.getString("metric"))),
                new Chunking(settings.getInteger("maxTokens"), settings.getInteger("overlapTokens")),
                Language.valueOf(settings.getString("language")),
                schema == null ? null : schema.getMap(),
                settings.getBoolean("requireIfMatch"),
                // Collections from before there were revisions have no such settings.
                new HistorySettings(
                        settings.getInteger("maxVersions", HistorySettings.DEFAULT.maxVersions()),
                        settings.getInteger("maxDays", HistorySettings.DEFAULT.maxDays())),
                // Nor did those from before there were other engines.
                new IndexSettings(
                        settings.getString("engine", IndexSettings.LUCENE),
                        settings.getString("formerEngine"),
                        settings.getInstant("formerEngineUntil")),
                vectors(settings),
                settings.getString("derivedFrom"),
                timeToLive == null ? null : TimeToLive.parse(timeToLive),
                settings.getJsonArray("indexes", new JsonArray()).stream()
                        .map(path -> FieldPath.parse((String) path))
                        .toList());
    }
}
