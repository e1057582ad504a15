package dev.tandem.domain.facet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulerTest {

    @ParameterizedTest
    @CsvSource({
        "0.1, 0, 0.3, 0.3",
        "0.1, 0, 0.30000000000000004, 0.3",
        "0.1, 0, 0.29999999999999998, 0.2",
        "0.1, 0, -0.3, -0.3",
        "0.1, 0, -0.01, -0.1",
        "10, 0, 0, 0",
        "10, 0, -1E-300, -10",
        "10, 5, 4.9, -5",
        "10, 5, 5, 5",
        "10, 1005, 4.9, -5",
        "0.3, 1E+300, 0, -0.2",
        "1E+299, 0, -1.7976931348623157E+308, -1.797693135E+308",
        "4.9E-324, 0, 4.9E-324, 4.9E-324",
        "3, 0, 9223372036854775807, 9223372036854775806",
    })
    void beginsIntervalsExactly(BigDecimal width, BigDecimal offset, BigDecimal number, BigDecimal beginning) {
        assertThat(new Ruler(width, offset).beginning(number)).isEqualByComparingTo(beginning);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 1999, 2000",
        "1, 0, 0, 2000, 2001",
        "0.1, 0, 0.3, 0.3, 1",
        "0.1, 0.05, -0.1, 0.1, 3",
        "1E-9, 0, 0, 1E+9, 1000000000000000001",
    })
    void countsIntervals(BigDecimal width, BigDecimal offset, BigDecimal least, BigDecimal greatest, BigInteger many) {
        assertThat(new Ruler(width, offset).intervals(least, greatest)).isEqualTo(many);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.3, 7, 1.0", "10, -25, 0, -25", "1E+307, -1E+308, 20, 1E+308"})
    void findsLaterIntervals(BigDecimal width, BigDecimal beginning, int many, BigDecimal later) {
        assertThat(new Ruler(width, BigDecimal.ZERO).after(beginning, many)).isEqualByComparingTo(later);
    }
}
