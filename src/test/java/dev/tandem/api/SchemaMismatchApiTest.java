package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.tandem.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A database that lacks what the entities need. */
@QuarkusTest
class SchemaMismatchApiTest {

    @Test
    void aMissingColumnIsNamedAsWhatItIs() throws SQLException {
        Database.execute("alter table job rename column error to error_aside");
        try {
            given().get("/v1/jobs")
                    .then()
                    .statusCode(500)
                    .contentType("application/problem+json")
                    .body("code", equalTo("database.schema"))
                    .body(
                            "detail",
                            matchesPattern(
                                    "The database does not have the schema of this release\\. Quote incident [0-9a-f-]{36}\\."));
        } finally {
            Database.execute("alter table job rename column error_aside to error");
        }
        given().get("/v1/jobs").then().statusCode(200);
    }

    @Test
    void aMissingTableToo() throws SQLException {
        String name = Api.collection();
        Database.execute("alter table embedding_task rename to embedding_task_aside");
        try {
            given().get(Api.COLLECTIONS + "/" + name + "/parked")
                    .then()
                    .statusCode(500)
                    .body("code", equalTo("database.schema"));
        } finally {
            Database.execute("alter table embedding_task_aside rename to embedding_task");
        }
        given().get(Api.COLLECTIONS + "/" + name + "/parked").then().statusCode(200);
    }
}
