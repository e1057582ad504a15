package dev.tandem.domain.metadata.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.testing.GeoSamples;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GeoCircleTest {

    private static final GeoPoint MUNICH = new GeoPoint(48.137154, 11.576124);
    private static final GeoPoint BERLIN = new GeoPoint(52.520008, 13.404954);
    private static final double HALF_ROUND = Math.PI * GeoCircle.EARTH;

    @Test
    void endsWhereTheRadiusDoes() {
        assertThat(GeoSamples.distance(MUNICH, BERLIN)).isCloseTo(504_400, within(500.0));
        Random random = new Random(1);
        GeoSamples samples = new GeoSamples(random);
        for (int i = 0; i < 20_000; i++) {
            GeoPoint one = samples.point();
            // From metres to half round the earth. The formula that it is compared with is not exact beyond.
            double reach = Math.pow(10, random.nextDouble(-6, 2.2));
            GeoPoint other = i % 2 == 0 ? samples.point() : near(one, reach, random);
            double distance = GeoSamples.distance(one, other);
            double fault = 1e-6 + distance * 1e-9;
            if (distance > 0.99 * HALF_ROUND) {
                continue;
            }
            assertThat(new GeoCircle(one, distance + fault).contains(other))
                    .as("%s %s %s", one, other, distance)
                    .isTrue();
            assertThat(distance > fault && new GeoCircle(one, distance - fault).contains(other))
                    .as("%s %s %s", one, other, distance)
                    .isFalse();
        }
    }

    private static GeoPoint near(GeoPoint point, double degrees, Random random) {
        double lat = point.lat() + random.nextDouble(-degrees, degrees) / 2;
        double lon = point.lon() + random.nextDouble(-degrees, degrees);
        return new GeoPoint(Math.clamp(lat, -90, 90), Math.clamp(lon, -180, 180));
    }

    @Test
    void aRadiusOfNothingHasThePlaceHoweverItIsWritten() {
        assertThat(new GeoCircle(MUNICH, 0).contains(MUNICH)).isTrue();
        assertThat(new GeoCircle(MUNICH, 0).contains(new GeoPoint(48.137155, 11.576124)))
                .isFalse();
        assertThat(new GeoCircle(new GeoPoint(90, 10), 0).contains(new GeoPoint(90, -170)))
                .isTrue();
        assertThat(new GeoCircle(new GeoPoint(-5, 180), 0).contains(new GeoPoint(-5, -180)))
                .isTrue();
        assertThat(new GeoCircle(new GeoPoint(0, 0), 0).contains(new GeoPoint(-1e-300, 1e-300)))
                .isTrue();
    }

    @Test
    void crossesThePolesAndTheMeridianOf180Degrees() {
        assertThat(new GeoCircle(new GeoPoint(0, 179.9995), 112).contains(new GeoPoint(0, -179.9995)))
                .isTrue();
        assertThat(new GeoCircle(new GeoPoint(0, 179.9995), 110).contains(new GeoPoint(0, -179.9995)))
                .isFalse();
        assertThat(new GeoCircle(new GeoPoint(89.9995, 0), 112).contains(new GeoPoint(89.9995, 180)))
                .isTrue();
        assertThat(new GeoCircle(new GeoPoint(89.9995, 0), 110).contains(new GeoPoint(89.9995, 180)))
                .isFalse();
    }

    @Test
    void aLargeRadiusHasEverything() {
        for (double radius : new double[] {HALF_ROUND, 3e7, Double.MAX_VALUE}) {
            assertThat(new GeoCircle(MUNICH, radius).contains(new GeoPoint(-48.137154, -168.423876)))
                    .isTrue();
        }
        assertThat(new GeoCircle(MUNICH, HALF_ROUND - 1).contains(new GeoPoint(-48.137154, -168.423876)))
                .isFalse();
    }

    @Test
    void isWithinItsBounds() {
        Random random = new Random(2);
        GeoSamples samples = new GeoSamples(random);
        int inside = 0;
        int outside = 0;
        for (int i = 0; i < 20_000; i++) {
            GeoCircle circle = samples.circle();
            double reach = Math.toDegrees(circle.radius() / GeoCircle.EARTH);
            GeoPoint other =
                    i % 2 == 0 ? samples.point() : near(circle.center(), Math.min(400, reach + 1e-9) * 2, random);
            boolean isInside = circle.contains(other);
            inside += isInside ? 1 : 0;
            assertThat(circle.bounds().contains(other) || !isInside)
                    .as("%s %s", circle, other)
                    .isTrue();
            outside += circle.bounds().contains(other) ? 0 : 1;
        }
        assertThat(inside).isGreaterThan(5_000);
        assertThat(outside).isGreaterThan(3_000);
    }

    @Test
    void aBoxHasItsEdgesInAllTheWaysToWriteThem() {
        GeoBox pacific = new GeoBox(new GeoPoint(10, 170), new GeoPoint(-10, -170));
        assertThat(pacific.contains(new GeoPoint(10, 170))).isTrue();
        assertThat(pacific.contains(new GeoPoint(0, 180))).isTrue();
        assertThat(pacific.contains(new GeoPoint(-10, -170))).isTrue();
        assertThat(pacific.contains(new GeoPoint(0, 0))).isFalse();
        assertThat(pacific.contains(new GeoPoint(10.000001, 175))).isFalse();
        GeoBox west = new GeoBox(new GeoPoint(10, 170), new GeoPoint(-10, 180));
        assertThat(west.contains(new GeoPoint(0, -180))).isTrue();
        assertThat(west.contains(new GeoPoint(0, -179.9))).isFalse();
        GeoBox north = new GeoBox(new GeoPoint(90, 0), new GeoPoint(80, 10));
        assertThat(north.contains(new GeoPoint(90, -120))).isTrue();
        assertThat(north.contains(new GeoPoint(89, -120))).isFalse();
    }
}
