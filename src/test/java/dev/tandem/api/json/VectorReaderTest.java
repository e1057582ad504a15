package dev.tandem.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Whatever the number in a vector, the float is the one that Java's own, slower reader makes of it. */
@Execution(CONCURRENT)
class VectorReaderTest {

    private static final int TIMES = 200_000;

    /** What JSON does not have, a vector in a tree may have. */
    private final JsonFactory json = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final VectorReader reader = new VectorReader();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void readsWhatIsSpecial() {
        String numbers = """
                0 -0 0.0 -0.0 0e7 0.000e-99999 1 -1 10 1e0 1E+2 1e-2 1.5e22 1.5e-23 0.1 0.30000001192092896
                3.4028235e38 3.4028236e38 1e39 -1e39 1e999999999 1e-999999999 1e99999999999999999999 1.4e-45 7e-46 7.1e-46
                16777217 16777219 9007199254740993 123456789012345678 1234567890123456789012345678901234567890
                0.00000000000000000000000000000000000000000000000012345e40 Infinity -Infinity NaN
                340282356779733661637539395458142568447 340282356779733661637539395458142568448
                7.0064923216240853546186479164495806564013097093825788587853e-46
                7.0064923216240853546186479164495806564013097093825788587854e-46
                2.1019476964872256063855943749348741969203929128147736576356e-45 0.999999970197677612304687499 0.9999999701976776123046875
                """;
        numbers.lines().flatMap(line -> Arrays.stream(line.split(" "))).forEach(number -> {
            assertSame(number);
            assertThat(Float.floatToIntBits(read(number)))
                    .as(number)
                    .isEqualTo(Float.floatToIntBits(Float.parseFloat(number)));
        });
    }

    @Test
    void readsWhatFloatsAndDoublesAreWrittenAs() {
        for (int i = 0; i < TIMES; i++) {
            float some = Float.intBitsToFloat(random.nextInt());
            float component = random.nextFloat() - 0.5f;
            double wider = random.nextDouble() - 0.5;
            if (Float.isFinite(some)) {
                assertSame(Float.toString(some));
                assertSame(Double.toString(some));
                assertSame(new BigDecimal(some).toPlainString());
            }
            assertSame(Float.toString(component));
            assertSame(Double.toString(component));
            assertSame(Double.toString(wider));
        }
    }

    /** Where a bit decides: halfway between two floats, and next to it. */
    @Test
    void roundsAsItShould() {
        for (int i = 0; i < TIMES; i++) {
            float low = random.nextBoolean() ? random.nextFloat() : Float.intBitsToFloat(random.nextInt(0x7f000000));
            BigDecimal half =
                    new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.valueOf(2));
            BigDecimal digit = half.ulp().movePointRight(random.nextInt(Math.min(40, half.precision())));
            assertSame(half.toString());
            assertSame(half.add(digit).toString());
            assertSame(half.subtract(digit).toString());
        }
    }

    @Test
    void readsAnyDigits() {
        for (int i = 0; i < TIMES; i++) {
            StringBuilder number = new StringBuilder(random.nextBoolean() ? "-" : "");
            digits(number, random.nextInt(1, 25));
            if (random.nextBoolean()) {
                digits(number.append('.'), random.nextInt(1, 25));
            }
            if (random.nextBoolean()) {
                number.append(random.nextBoolean() ? "e" : "E-").append(random.nextInt(50));
            }
            assertSame(number.toString());
        }
    }

    private void digits(StringBuilder number, int count) {
        for (int i = 0; i < count; i++) {
            number.append(random.nextInt(10));
        }
    }

    private void assertSame(String number) {
        char[] text = ("[" + number + ",").toCharArray();
        assertThat(Float.floatToIntBits(JavaFloatParser.parseFloat(text, 1, number.length())))
                .as("%s, seed %d", number, seed)
                .isEqualTo(Float.floatToIntBits(Float.parseFloat(number)));
    }

    private float read(String number) {
        try (JsonParser parser = json.createParser("[" + number + "]")) {
            parser.nextToken();
            return reader.deserialize(parser, null)[0];
        } catch (IOException e) {
            throw new UncheckedIOException(number, e);
        }
    }
}
