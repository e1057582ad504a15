package dev.tandem.domain.metadata;

/** An order relation between a field's value and a bound. */
public enum Comparison {
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL;

    /** @param order negative, zero or positive, as {@link Comparable#compareTo} returns it for the value and the bound */
    public boolean holds(int order) {
        return switch (this) {
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
        };
    }
}
