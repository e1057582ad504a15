package dev.tandem.domain.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void textsDoNotRunOverIntoEachOther() {
        assertThat(Fingerprint.of("ab", "c"))
                .hasSize(64)
                .isEqualTo(Fingerprint.of("ab", "c"))
                .isNotEqualTo(Fingerprint.of("a", "bc"))
                .isNotEqualTo(Fingerprint.of("abc"))
                .isNotEqualTo(Fingerprint.of("ab", "c", ""));
    }

    @Test
    void everyPartOfAKeyCounts() {
        String hash = new IdempotencyKey("me", "POST", "/v1", "17").hash();
        assertThat(hash)
                .isEqualTo(new IdempotencyKey("me", "POST", "/v1", "17").hash())
                .isNotEqualTo(new IdempotencyKey("you", "POST", "/v1", "17").hash())
                .isNotEqualTo(new IdempotencyKey("me", "PUT", "/v1", "17").hash())
                .isNotEqualTo(new IdempotencyKey("me", "POST", "/v2", "17").hash())
                .isNotEqualTo(new IdempotencyKey("me", "POST", "/v1", "18").hash());
    }
}
