package dev.tandem.factory.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

    private final ObjectMapper mapper = new ObjectMapper();

    /** RFC 7396, appendix A: those of its examples whose target, patch and result are objects, or stand in one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":"b"}              | {"a":"c"}                  | {"a":"c"}
            {"a":"b"}              | {"b":"c"}                  | {"a":"b","b":"c"}
            {"a":"b"}              | {"a":null}                 | {}
            {"a":"b","b":"c"}      | {"a":null}                 | {"b":"c"}
            {"a":["b"]}            | {"a":"c"}                  | {"a":"c"}
            {"a":"c"}              | {"a":["b"]}                | {"a":["b"]}
            {"a":{"b":"c"}}        | {"a":{"b":"d","c":null}}   | {"a":{"b":"d"}}
            {"a":[{"b":"c"}]}      | {"a":[1]}                  | {"a":[1]}
            {"x":["a","b"]}        | {"x":["c","d"]}            | {"x":["c","d"]}
            {"x":{"a":"b"}}        | {"x":["c"]}                | {"x":["c"]}
            {"x":{"a":"foo"}}      | {"x":null}                 | {}
            {"x":{"a":"foo"}}      | {"x":"bar"}                | {"x":"bar"}
            {"e":null}             | {"a":1}                    | {"e":null,"a":1}
            {"x":[1,2]}            | {"x":{"a":"b","c":null}}   | {"x":{"a":"b"}}
            {}                     | {"a":{"bb":{"ccc":null}}}  | {"a":{"bb":{}}}
            """)
    void mergesAsTheRfcSays(String target, String patch, String result) throws JsonProcessingException {
        assertThat(MergePatch.merge(map(target), map(patch))).isEqualTo(map(result));
    }

    @Test
    void changesNeitherOfTheTwo() throws JsonProcessingException {
        Map<String, @Nullable Object> target = map("{\"a\": {\"b\": 1}, \"c\": 2}");
        Map<String, @Nullable Object> patch = map("{\"a\": {\"b\": null, \"d\": 3}, \"c\": null}");
        assertThat(MergePatch.merge(target, patch)).isEqualTo(map("{\"a\": {\"d\": 3}}"));
        assertThat(target).isEqualTo(map("{\"a\": {\"b\": 1}, \"c\": 2}"));
        assertThat(patch).isEqualTo(map("{\"a\": {\"b\": null, \"d\": 3}, \"c\": null}"));
    }

    private Map<String, @Nullable Object> map(String json) throws JsonProcessingException {
        return mapper.readValue(json, new TypeReference<>() {});
    }
}
