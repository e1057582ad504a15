package dev.tandem.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchReaderTest {

    private final ObjectMapper mapper = new ObjectMapper();
    private final PatchReader patches = new PatchReader(mapper);

    PatchReaderTest() {
        new StrictJson().customize(mapper);
    }

    /** A body whose parts are changed by patches. */
    record Body(
            @Nullable String title,
            @Nullable Integer count,
            @Nullable Map<String, @Nullable Object> metadata) {}

    @Test
    void isAnObject() throws JsonProcessingException {
        var list = mapper.readTree("[1]");
        assertThatThrownBy(() -> patches.read(list, Body.class)).isInstanceOf(Refusal.Malformed.class);
    }

    @Test
    void keepsWhatIsRemovedApartFromWhatIsNotMentioned() throws JsonProcessingException {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("a", null);
        metadata.put("b", Arrays.asList(1, null, 9_000_000_000L, 0.5, true));
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("title", null);
        members.put("metadata", metadata);
        assertThat(read("{\"title\": null, \"metadata\": {\"a\": null, \"b\": [1, null, 9000000000, 0.5, true]}}"))
                .isEqualTo(members);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"titel": "a"}            | /titel    | json.unknown_field
            {"title": 1}              | /title    | json.wrong_type
            {"title": {"a": null}}    | /title    | json.wrong_type
            {"count": 1.5}            | /count    | json.wrong_type
            {"count": 3000000000}     | /count    | json.number_range
            {"metadata": ["a"]}       | /metadata | json.wrong_type
            """)
    void isAsStrictAsTheBody(String patch, String pointer, String code) {
        assertThatThrownBy(() -> read(patch)).isInstanceOfSatisfying(Refusal.Malformed.class, refusal -> assertThat(
                        List.copyOf(refusal.violations()))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple(pointer, code)));
    }

    private Map<String, @Nullable Object> read(String patch) throws JsonProcessingException {
        return patches.read(mapper.readTree(patch), Body.class);
    }
}
