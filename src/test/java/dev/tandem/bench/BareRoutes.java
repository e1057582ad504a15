package dev.tandem.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The floor under the service: routes that do nothing but run the statements through PostgreSQL's client and write the rows as JSON. They know
 * no callers, rights, rules or metrics, and check nothing.
 */
final class BareRoutes {

    private static final String GET = """
            select d.id, d.collection_id, d.key, d.title, d.content, d.metadata, d.content_hash, d.version, d.text_version,
                   d.embedded_version, d.odd_embedded_version, d.created_at, d.updated_at, d.author
            from collection left join document as d on d.collection_id = collection.id and d.key = $2
            where collection.name = $1
            """;
    private static final String COLLECTION = """
            select id, name, description, settings, creator, version, created_at, updated_at from collection where name = $1
            """;
    private static final String COLUMNS = """
            id, collection_id, key, title, content, metadata, content_hash, version, text_version,
            embedded_version, odd_embedded_version, created_at, updated_at, author
            """;
    private static final String LIST = "select " + COLUMNS + """
            from document where collection_id = $1 and metadata @> cast($2 as jsonb) order by created_at, id limit 51
            """;
    private static final String LOCK =
            "select " + COLUMNS + "from document where collection_id = $1 and key = $2 for update";
    private static final String VECTOR = "select embedding from chunk where document_id = $1 and vector_set = 0";
    private static final String KEEP = """
            insert into revision (document_id, version, collection_id, key, created_at, title, content, metadata, content_hash,
                                  updated_at, author, embedding, ending, ended_at, ended_by)
            select id, version, collection_id, key, created_at, title, content, metadata, content_hash, updated_at, author,
                   (select embedding from chunk where document_id = document.id and vector_set = 0 and ordinal = 0),
                   'REPLACED', now(), null
            from document where id = $1
            """;
    private static final String REPLACE = """
            update document set title = $2, content = $3, metadata = $4, version = version + 1, text_version = version + 1,
                                updated_at = now()
            where id = $1
            """;
    private static final String EMPTY = "delete from chunk where document_id = $1 and vector_set = 0";
    private static final String CHUNK = """
            insert into chunk (document_id, vector_set, ordinal, start_offset, end_offset, embedding) values ($1, 0, 0, 0, $2, $3)
            """;
    private static final String APPEND = """
            with appended as (insert into change (collection_id, document_id, kind) values ($1, $2, 'SAVED'))
            select cast(cast(pg_current_xact_id() as text) as bigint)
            """;

    private final Pool pool;

    private BareRoutes(Pool pool) {
        this.pool = pool;
    }

    /** Serves on a port with as many event loops as the machine has processors. */
    static Vertx serve(int port, PgConnectOptions database, int connections) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Pool pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections).setShared(false))
                .connectingTo(database.setCachePreparedStatements(true))
                .using(vertx)
                .build();
        BareRoutes routes = new BareRoutes(pool);
        List<Future<?>> servers = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            servers.add(vertx.deployVerticle(new io.vertx.core.AbstractVerticle() {
                @Override
                public void start() {
                    getVertx()
                            .createHttpServer(new HttpServerOptions().setPort(port))
                            .requestHandler(routes::answer)
                            .listen();
                }
            }));
        }
        Future.all(servers).toCompletionStage().toCompletableFuture().join();
        return vertx;
    }

    private void answer(HttpServerRequest request) {
        String[] path = request.path().split("/");
        String collection = path[3];
        Future<Buffer> answer =
                switch (request.method().name()) {
                    case "PUT" -> request.body().compose(body -> put(collection, path[5], body.toJsonObject()));
                    default -> path.length > 5 ? get(collection, path[5]) : list(collection, filter(request));
                };
        answer.onSuccess(json -> request.response()
                        .putHeader("Content-Type", "application/json;charset=UTF-8")
                        .putHeader("ETag", "\"1\"")
                        .end(json))
                .onFailure(failure -> request.response().setStatusCode(500).end(String.valueOf(failure)));
    }

    private static JsonObject filter(HttpServerRequest request) {
        return new JsonObject(URLDecoder.decode(request.getParam("filter"), StandardCharsets.UTF_8));
    }

    private Future<Buffer> get(String collection, String key) {
        return pool.preparedQuery(GET)
                .execute(Tuple.of(collection, key))
                .map(rows -> json(rows.iterator().next()).toBuffer());
    }

    private Future<Buffer> list(String collection, JsonObject filter) {
        return pool.withConnection(connection -> connection
                .preparedQuery(COLLECTION)
                .execute(Tuple.of(collection))
                .compose(owner -> connection
                        .preparedQuery(LIST)
                        .execute(Tuple.of(owner.iterator().next().getUUID(0), filter)))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    rows.forEach(row -> items.add(json(row)));
                    return new JsonObject().put("items", items).toBuffer();
                }));
    }

    private Future<Buffer> put(String collection, String key, JsonObject body) {
        return pool.withTransaction(connection -> run(connection, COLLECTION, Tuple.of(collection))
                .compose(owner -> run(connection, LOCK, Tuple.of(owner.getUUID(0), key)))
                .compose(current -> {
                    UUID id = current.getUUID(0);
                    JsonArray vector = body.getJsonArray("vector");
                    ByteBuffer floats =
                            ByteBuffer.allocate(vector.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                    vector.forEach(number -> floats.putFloat(((Number) number).floatValue()));
                    String content = body.getString("content");
                    Tuple changed = Tuple.of(id, body.getString("title"), content, body.getJsonObject("metadata"));
                    return run(connection, VECTOR, Tuple.of(id))
                            .compose(own -> run(connection, KEEP, Tuple.of(id)))
                            .compose(kept -> run(connection, REPLACE, changed))
                            .compose(replaced -> run(connection, EMPTY, Tuple.of(id)))
                            .compose(emptied -> run(
                                    connection, CHUNK, Tuple.of(id, content.length(), Buffer.buffer(floats.array()))))
                            .compose(added -> run(connection, APPEND, Tuple.of(current.getUUID(1), id)))
                            .map(appended -> json(current)
                                    .put("content", content)
                                    .put("version", current.getLong(7) + 1)
                                    .toBuffer());
                }));
    }

    /** The first row; null if there is none. */
    private static Future<Row> run(SqlConnection connection, String statement, Tuple parameters) {
        return connection
                .preparedQuery(statement)
                .execute(parameters)
                .map(rows -> rows.iterator().hasNext() ? rows.iterator().next() : null);
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .put("id", row.getUUID(0).toString())
                .put("key", row.getString(2))
                .put("title", row.getString(3))
                .put("content", row.getString(4))
                .put("metadata", row.getJsonObject(5))
                .put("version", row.getLong(7))
                .put("createdAt", time(row.getOffsetDateTime(11)))
                .put("updatedAt", time(row.getOffsetDateTime(12)));
    }

    private static String time(OffsetDateTime time) {
        return time.toInstant().toString();
    }
}
