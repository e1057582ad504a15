package dev.tandem.testing;

import dev.tandem.domain.metadata.geo.GeoBox;
import dev.tandem.domain.metadata.geo.GeoCircle;
import dev.tandem.domain.metadata.geo.GeoPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Places at the edges of the map, what is nearly a place, and circles and boxes about them. The same seed gives the same samples. */
public final class GeoSamples {

    private static final List<Number> LATS = List.of(
            0L, 90L, -90L, 89.99999999, -89.5, 45L, 48.137154, 48.137155, -33.8688, 1e-40, -1e-12, Double.MIN_VALUE);

    private static final List<Number> LONS = List.of(
            0L,
            180L,
            -180L,
            179.99999999,
            -179.9999,
            90L,
            -90L,
            11.576124,
            11.576125,
            151.2093,
            -1e-40,
            1e-9,
            Double.MIN_VALUE);

    private static final List<@Nullable Object> NO_ANGLES = Arrays.asList(
            90.00000000000001,
            -91L,
            180.00000000000003,
            -540L,
            1e300,
            Long.MIN_VALUE,
            "48.1",
            true,
            null,
            List.of(48.1),
            Map.of("lat", 1L));

    private static final List<Double> RADII =
            List.of(0.0, 1e-300, 1e-9, 0.1, 1.0, 150.0, 1e4, 1e6, 1e7, 10_007_557.0, 2e7, 20_015_115.0, 1e300);

    private final Random random;

    public GeoSamples(Random random) {
        this.random = random;
    }

    /** An object in metadata: mostly a place. */
    public Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = new HashMap<>();
        if (random.nextInt(12) > 0) {
            object.put("lat", random.nextInt(8) == 0 ? any(NO_ANGLES) : any(LATS));
        }
        if (random.nextInt(12) > 0) {
            object.put("lon", random.nextInt(8) == 0 ? any(NO_ANGLES) : any(LONS));
        }
        if (random.nextInt(4) == 0) {
            object.put("a", 1L);
        }
        return object;
    }

    /** One of the few places of the samples, or any on the earth. */
    public GeoPoint point() {
        return random.nextInt(4) == 0
                ? new GeoPoint(random.nextDouble(-90, 90), random.nextDouble(-180, 180))
                : new GeoPoint(any(LATS).doubleValue(), any(LONS).doubleValue());
    }

    /** Some end exactly at another place, as far as that can be computed. */
    public GeoCircle circle() {
        GeoPoint center = point();
        return new GeoCircle(center, random.nextInt(3) == 0 ? distance(center, point()) : any(RADII));
    }

    public GeoBox box() {
        return box(point(), point());
    }

    private static GeoBox box(GeoPoint one, GeoPoint other) {
        return new GeoBox(
                new GeoPoint(Math.max(one.lat(), other.lat()), one.lon()),
                new GeoPoint(Math.min(one.lat(), other.lat()), other.lon()));
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** About many places, of all sizes. */
    public static Stream<GeoCircle> circles() {
        return points().flatMap(center -> RADII.stream().map(radius -> new GeoCircle(center, radius)));
    }

    public static Stream<GeoBox> boxes() {
        return points().flatMap(one -> points().map(other -> box(one, other)));
    }

    private static Stream<GeoPoint> points() {
        List<GeoPoint> points = new ArrayList<>();
        for (int i = 0; i < LATS.size(); i++) {
            points.add(new GeoPoint(LATS.get(i).doubleValue(), LONS.get(i).doubleValue()));
        }
        return points.stream();
    }

    /** In metres, by the formula of half the versed sine. */
    public static double distance(GeoPoint one, GeoPoint other) {
        double lat = Math.sin(Math.toRadians(other.lat() - one.lat()) / 2);
        double lon = Math.sin(Math.toRadians(other.lon() - one.lon()) / 2);
        double square =
                lat * lat + Math.cos(Math.toRadians(one.lat())) * Math.cos(Math.toRadians(other.lat())) * lon * lon;
        return 2 * GeoCircle.EARTH * Math.asin(Math.min(1, Math.sqrt(square)));
    }
}
