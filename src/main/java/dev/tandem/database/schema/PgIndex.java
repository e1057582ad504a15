package dev.tandem.database.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.hibernate.annotations.TypeBinderType;

/** An index that {@link jakarta.persistence.Index} cannot declare: not a B-tree, partial, covering, or on an expression. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(PgIndexes.class)
@TypeBinderType(binder = PgIndexBinder.class)
public @interface PgIndex {

    String name();

    /** What is in the parentheses: columns, expressions, operator classes, directions. */
    String on();

    /** The access method. */
    String using() default "btree";

    boolean unique() default false;

    /** Whether a unique index takes two nulls for the same, so that only one row may have none. */
    boolean nullsNotDistinct() default false;

    /** Additional columns that the index only stores. */
    String include() default "";

    /** The rows that are in the index; empty for all. */
    String where() default "";
}
