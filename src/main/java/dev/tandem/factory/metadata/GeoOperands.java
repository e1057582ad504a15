package dev.tandem.factory.metadata;

import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.metadata.geo.GeoBox;
import dev.tandem.domain.metadata.geo.GeoCircle;
import dev.tandem.domain.metadata.geo.GeoPoint;
import dev.tandem.domain.refusal.Violations;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** Reads the operands of {@code $near} and {@code $box}. An invalid one adds a violation. */
final class GeoOperands {

    private static final String POINT = "point";
    private static final String RADIUS = "radius";
    private static final String TOP_LEFT = "topLeft";
    private static final String BOTTOM_RIGHT = "bottomRight";

    private static final GeoPoint UNREADABLE = new GeoPoint(0, 0);

    private final Violations violations;

    GeoOperands(Violations violations) {
        this.violations = violations;
    }

    Filter near(FilterField field, @Nullable Object operand, String pointer) {
        Map<?, ?> members = members(
                operand,
                Set.of(POINT, RADIUS),
                "a place and a radius in metres: {\"point\": {\"lat\": 48.14, \"lon\": 11.58}, \"radius\": 500}",
                pointer);
        if (!(field instanceof FieldPath path) || members == null) {
            return misplaced(field, pointer);
        }
        GeoPoint center = point(members.get(POINT), pointer + "/" + POINT);
        double radius = number(
                members.get(RADIUS),
                metres -> metres >= 0,
                "A radius is a number of metres, 0 or more.",
                pointer + "/" + RADIUS);
        return new Filter.Near(path, new GeoCircle(center, radius));
    }

    Filter inBox(FilterField field, @Nullable Object operand, String pointer) {
        Map<?, ?> members = members(
                operand,
                Set.of(TOP_LEFT, BOTTOM_RIGHT),
                "the corners of a box: {\"topLeft\": {\"lat\": 48.2, \"lon\": 11.5}, \"bottomRight\": {\"lat\": 48.1, \"lon\": 11.7}}",
                pointer);
        if (!(field instanceof FieldPath path) || members == null) {
            return misplaced(field, pointer);
        }
        GeoPoint topLeft = point(members.get(TOP_LEFT), pointer + "/" + TOP_LEFT);
        GeoPoint bottomRight = point(members.get(BOTTOM_RIGHT), pointer + "/" + BOTTOM_RIGHT);
        violations.require(
                topLeft.lat() >= bottomRight.lat(),
                pointer,
                "filter.place",
                "The top of a box is not below its bottom. A box that crosses the meridian of 180 degrees has its left corner east of its right one.");
        return new Filter.InBox(path, new GeoBox(topLeft, bottomRight));
    }

    private Filter misplaced(FilterField field, String pointer) {
        violations.require(
                field instanceof FieldPath,
                pointer,
                "filter.operand",
                "This operator belongs to a field of the metadata.");
        return Filter.EVERYTHING;
    }

    private GeoPoint point(@Nullable Object operand, String pointer) {
        Map<?, ?> members = members(
                operand,
                Set.of(GeoPoint.LAT, GeoPoint.LON),
                "a latitude and a longitude in degrees: {\"lat\": 48.14, \"lon\": 11.58}",
                pointer);
        if (members == null) {
            return UNREADABLE;
        }
        return new GeoPoint(
                number(
                        members.get(GeoPoint.LAT),
                        GeoPoint::isLat,
                        "A latitude is a number from -90 to 90.",
                        pointer + "/" + GeoPoint.LAT),
                number(
                        members.get(GeoPoint.LON),
                        GeoPoint::isLon,
                        "A longitude is a number from -180 to 180.",
                        pointer + "/" + GeoPoint.LON));
    }

    /** An object that has exactly these members; null if it is another. */
    private @Nullable Map<?, ?> members(@Nullable Object operand, Set<String> names, String example, String pointer) {
        if (operand instanceof Map<?, ?> members && members.keySet().equals(names)) {
            return members;
        }
        violations.add(pointer, "filter.operand", "This takes " + example + ".");
        return null;
    }

    private double number(@Nullable Object operand, DoublePredicate rule, String advice, String pointer) {
        if (operand instanceof Number number
                && Double.isFinite(number.doubleValue())
                && rule.test(number.doubleValue())) {
            return number.doubleValue();
        }
        violations.add(pointer, operand instanceof Number ? "filter.place" : "filter.operand", advice);
        return 0;
    }
}
