package dev.tandem.service.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.change.Position;
import dev.tandem.service.copy.CopyPlace.Following;
import dev.tandem.service.copy.CopyPlace.Reading;
import dev.tandem.service.copy.CopyPlace.Switched;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CopyPlaceTest {

    private static final Position POSITION =
            new Position("7261/0000 0001/5", 812, 1_234, Position.ALL, new TreeMap<>(Map.of(800L, 0L, 805L, 17L)));

    private static final Instant AT = Instant.parse("2026-11-22T12:00:00.123456Z");

    static Stream<CopyPlace> places() {
        return Stream.of(
                new Reading(CopyPlace.BEGINNING, Position.START),
                new Reading(UUID.fromString("01a20669-cd09-715e-bbab-3600711aa0e0"), POSITION),
                new Following(null, POSITION),
                new Following(new Switched(AT, AT.plusSeconds(3)), POSITION));
    }

    @ParameterizedTest
    @MethodSource("places")
    void isReadAsItWasWritten(CopyPlace place) {
        assertThat(CopyPlace.of(place.text())).isEqualTo(place);
    }
}
