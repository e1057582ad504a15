package dev.tandem.factory.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.testing.MetadataSamples;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MetadataRulesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void takesEveryKindOfValue() {
        Map<String, Object> raw = new HashMap<>();
        raw.put("null", null);
        raw.put("list", List.of(1, 2L, 3.5f, 1e300, BigInteger.valueOf(Long.MIN_VALUE), new BigDecimal("0.1")));
        raw.put("object", Map.of("text", "😀", "truth", true));
        raw.put("n".repeat(256), "t".repeat(8_192));
        assertThat(judged(raw)).isEmpty();
    }

    @Test
    void reportsEverythingInItsPlace() {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("big", BigInteger.ONE.shiftLeft(63));
        raw.put("list", List.of(1, Map.of("a/b", Double.POSITIVE_INFINITY)));
        raw.put("huge", new BigDecimal("1e400"));
        raw.put("text", "t".repeat(8_193));
        raw.put("nul", "\0");
        raw.put("half", "\ud800");
        raw.put("", 1);
        raw.put("n".repeat(257), 1);
        raw.put("x\0", Double.NaN);
        assertThat(judged(raw))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(
                        tuple("/metadata/big", "metadata.number"),
                        tuple("/metadata/list/1/a~1b", "metadata.number"),
                        tuple("/metadata/huge", "metadata.number"),
                        tuple("/metadata/text", "text.too_long"),
                        tuple("/metadata/nul", "text.nul"),
                        tuple("/metadata/half", "text.surrogate"),
                        tuple("/metadata", "metadata.name"),
                        tuple("/metadata", "metadata.name"),
                        tuple("/metadata", "text.nul"),
                        tuple("/metadata", "metadata.number"));
    }

    @Test
    void limitsTheDepth() {
        assertThat(judged(nested(32))).isEmpty();
        assertThat(judged(nested(33))).extracting(Violation::code).containsExactly("metadata.too_deep");
        assertThat(judged(nested(1_000_000))).extracting(Violation::code).containsExactly("metadata.too_deep");
    }

    @Test
    void limitsTheSize() {
        Map<String, Object> raw = new LinkedHashMap<>();
        for (int i = 0; i < 7; i++) {
            raw.put("t" + i, "é".repeat(4_000));
        }
        raw.put("rest", "");
        int rest = MetadataRules.LARGEST - bytes(raw);
        raw.put("rest", "x".repeat(8_000));
        raw.put("more", "");
        raw.put("more", "x".repeat(rest - 8_000 - ",\"more\":\"\"".length()));
        assertThat(bytes(raw)).isEqualTo(65_536);
        assertThat(judged(raw)).isEmpty();
        raw.put("rest", "x".repeat(8_001));
        assertThat(judged(raw))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple("/metadata", "metadata.too_large"));
    }

    @Test
    void measuresToTheByte() {
        MetadataSamples samples = new MetadataSamples(new Random(7));
        for (int i = 0; i < 2_000; i++) {
            Metadata metadata = samples.next();
            int bytes = bytes(metadata.values());
            assertThat(largestAllowed(metadata, bytes)).as("%s", metadata).isTrue();
            assertThat(largestAllowed(metadata, bytes - 1)).as("%s", metadata).isFalse();
        }
    }

    @Test
    void limitsTheReport() {
        assertThat(judged(Map.of("list", Collections.nCopies(200, "\0")))).hasSize(100);
    }

    private static boolean largestAllowed(Metadata metadata, int bytes) {
        Violations violations = new Violations();
        new JsonRules("metadata", bytes, 32).check(metadata.values(), "", violations);
        return found(violations).stream()
                .noneMatch(violation -> violation.code().equals("metadata.too_large"));
    }

    private static Map<String, Object> nested(int depth) {
        Object value = depth % 2 == 0 ? List.of() : Map.of();
        for (int i = depth - 1; i > 0; i--) {
            value = i % 2 == 0 ? List.of(value) : Map.of("a", value);
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> outermost = (Map<String, Object>) value;
        return outermost;
    }

    private static int bytes(Map<String, Object> raw) {
        try {
            // not writeValueAsBytes, which escapes characters beyond U+FFFF
            return JSON.writeValueAsString(raw).getBytes(StandardCharsets.UTF_8).length;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<Violation> judged(Map<String, Object> raw) {
        Violations violations = new Violations();
        MetadataRules.check(raw, "/metadata", violations);
        return found(violations);
    }

    private static List<Violation> found(Violations violations) {
        return violations.isEmpty()
                ? List.of()
                : catchThrowableOfType(Refusal.Rejected.class, violations::rejectIfAny)
                        .violations();
    }
}
