package dev.tandem.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {

    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void isTheDigestOfTheStandard() {
        assertThat(new Sha256().add("abc").hex()).isEqualTo(ABC);
        assertThat(new Sha256().add("a").add(bytes("bc")).hex()).isEqualTo(ABC);
        assertThat(HexFormat.of().formatHex(new Sha256().add("abc").bytes())).isEqualTo(ABC);
    }

    @Test
    void takesWhatIsRead() throws IOException {
        Sha256 digest = new Sha256();

        assertThat(digest.addWhileReading(new ByteArrayInputStream(bytes("abc")))
                        .readAllBytes())
                .isEqualTo(bytes("abc"));
        assertThat(digest.hex()).isEqualTo(ABC);
    }

    @Test
    void aPartHasItsLengthInFront() {
        String expected = new Sha256().add(new byte[] {0, 0, 0, 3}).add("abc").hex();

        assertThat(new Sha256().addPart("abc").hex()).isEqualTo(expected);
        assertThat(new Sha256().addPart(bytes("abc")).hex()).isEqualTo(expected);
        assertThat(new Sha256().addPart("ü").hex())
                .isEqualTo(new Sha256().add(new byte[] {0, 0, 0, 2}).add("ü").hex());
    }

    @Test
    void noPartIsNotAnEmptyOne() {
        assertThat(new Sha256().addPart((String) null).hex())
                .isEqualTo(new Sha256().add(new byte[] {-1, -1, -1, -1}).hex())
                .isNotEqualTo(new Sha256().addPart("").hex());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
