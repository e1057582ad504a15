package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ParkedApiTest {

    @Test
    void listsAndRetries() {
        given().get("/v1/parked")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("items.key", everyItem(notNullValue()));
        // As it is: RestAssured would write the colon %3A.
        int retried = given().urlEncodingEnabled(false)
                .post("/v1/parked:retry")
                .then()
                .statusCode(200)
                .extract()
                .path("retried");
        assertThat(retried).isNotNegative();
        Api.problem(given().get("/v1/parked?limit=0"), 400, "parameter.limit");
    }
}
