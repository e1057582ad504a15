package dev.tandem.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.domain.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

    private final ObjectMapper mapper = new ObjectMapper();
    private final MergePatch patches = new MergePatch(mapper);

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
        assertThat(patches.apply(mapper.readTree(target), mapper.readTree(patch), JsonNode.class))
                .isEqualTo(mapper.readTree(result));
    }

    @Test
    void isAnObject() throws JsonProcessingException {
        JsonNode list = mapper.readTree("[1]");
        assertThatThrownBy(() -> patches.apply(mapper.createObjectNode(), list, JsonNode.class))
                .isInstanceOf(Refusal.Malformed.class);
    }
}
