package dev.tandem.database.filter;

import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.geo.GeoCircle;
import dev.tandem.domain.metadata.geo.SpherePosition;

/**
 * Conditions on the distance of places in metadata. It computes what {@link SpherePosition} does, in the same order, with the same constants, so that
 * both come to the same number. The jsonpath lets only objects through that have both numbers, within their bounds, and what is too small for a
 * double is found out before it becomes one, so that nothing can fail.
 */
final class GeoCondition {

    private static final String NEAR = """
            exists (
                select 1
                from jsonb_path_query(?, cast(cast(? as text) as jsonpath)) as found (value)
                cross join lateral (
                    select cast(value ->> 'lat' as numeric) as lat, cast(value ->> 'lon' as numeric) as lon
                    offset 0) as written
                cross join lateral (
                    select case when abs(written.lat) < SMALLEST then 0 else cast(written.lat as double precision) end as lat,
                           case when abs(written.lon) < SMALLEST then 0 else cast(written.lon as double precision) end as lon
                    offset 0) as settled
                cross join lateral (
                    select abs(settled.lat) as up,
                           case when abs(settled.lon) <= 90 then abs(settled.lon) else 180 - abs(settled.lon) end as aside
                    offset 0) as folded
                cross join lateral (
                    select (90 - up) * RADIANS as a, (90 - aside) * RADIANS as b, aside * RADIANS as c, up * RADIANS as d
                    offset 0) as angle
                cross join lateral (
                    select SINE(a) as from_axis, SINE(b) as ahead, SINE(c) as aright, SINE(d) as above
                    offset 0) as sine
                cross join lateral (
                    select from_axis * (case when abs(settled.lon) <= 90 then ahead else -ahead end)
                               - cast(? as double precision) as x,
                           from_axis * (case when settled.lon < 0 then -aright else aright end)
                               - cast(? as double precision) as y,
                           (case when settled.lat < 0 then -above else above end)
                               - cast(? as double precision) as z
                    offset 0) as away
                where x * x + y * y + z * z <= cast(? as double precision))
            """.replace("SMALLEST", String.valueOf(SpherePosition.SMALLEST))
            .replace("RADIANS", constant(SpherePosition.RADIANS))
            .replace("SINE(a)", sine("a"))
            .replace("SINE(b)", sine("b"))
            .replace("SINE(c)", sine("c"))
            .replace("SINE(d)", sine("d"));

    private GeoCondition() {}

    static SqlCondition near(SqlCondition metadata, FieldPath path, GeoCircle circle) {
        SpherePosition center = circle.position();
        return SqlCondition.on(
                metadata,
                NEAR,
                JsonPathFilter.places(path, circle.bounds()),
                center.x(),
                center.y(),
                center.z(),
                circle.limit());
    }

    private static String sine(String angle) {
        double[] coefficients = SpherePosition.coefficients();
        String sum = constant(coefficients[coefficients.length - 1]);
        for (int i = coefficients.length - 2; i >= 0; i--) {
            sum = constant(coefficients[i]) + " + " + angle + " * " + angle + " * (" + sum + ")";
        }
        return angle + " * (1 + " + angle + " * " + angle + " * (" + sum + "))";
    }

    /** Its shortest decimals are read as the same double. */
    private static String constant(double value) {
        return "cast(" + value + " as double precision)";
    }
}
