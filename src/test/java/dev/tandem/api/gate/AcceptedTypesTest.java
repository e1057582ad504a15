package dev.tandem.api.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedTypesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "application/json                            | application/json",
                "Application/JSON;charset=utf-8 , text/*;q=0 | application/json,text/*",
                "nonsense, a/b, c/d/e, ;;, f/g;h=\"i         | a/b,f/g",
                "~  ~                                        | */*",
                "text/html, APPLICATION/problem+json;q=0.2   | */*",
                "application/problem+json2                   | application/problem+json2",
                "nonsense                                    | nonsense",
                ",                                           | ,",
            })
    void readsWhatCanBeRead(String said, String read) {
        assertThat(AcceptedTypes.read(HttpMethod.GET, said)).isEqualTo(read);
    }

    @Test
    void takesEverythingForAnAnswerWithoutABody() {
        assertThat(AcceptedTypes.read(HttpMethod.DELETE, "nonsense")).isEqualTo("*/*");
        assertThat(AcceptedTypes.read(HttpMethod.HEAD, "text/html")).isEqualTo("*/*");
        assertThat(AcceptedTypes.read(HttpMethod.POST, "text/html")).isEqualTo("text/html");
    }
}
