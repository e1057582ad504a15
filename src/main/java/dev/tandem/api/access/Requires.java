package dev.tandem.api.access;

import dev.tandem.domain.access.Right;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The right that a route needs. A route without it is refused to everybody. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

    Right value();

    /** What the right must be on. */
    On on() default On.COLLECTION;

    /** The name under which grants have the records of a model; only for {@link On#RECORDS}. */
    String records() default "";

    /** Whether callers who see some documents only may use it. The resource then passes their scope on. */
    boolean scoped() default false;

    /** What a right can be on. */
    enum On {
        /** The collection that the path names. */
        COLLECTION,
        /** The records of a model. Grants name them like a collection: by the model's plural, as its address has it. */
        RECORDS,
        /** Any collection at all. The resource shows or changes only those that the caller has the right on. */
        SOME,
        /** All collections, also those that do not exist yet. */
        ALL,
        /** The root key may use it too, and may use nothing else. Others need the right on any collection. */
        KEYS
    }
}
