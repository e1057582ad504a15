package dev.tandem.database.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.hibernate.annotations.TypeBinderType;

/** A foreign key on a column that holds an id but is no association: rows refer to each other, objects do not. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(PgForeignKeys.class)
@TypeBinderType(binder = PgForeignKeyBinder.class)
public @interface PgForeignKey {

    String name();

    String columns();

    /** The other table and its columns: {@code "document (id)"}. */
    String references();

    /** What happens to the row when the other row is deleted; empty to prevent that deletion. */
    String onDelete() default "";
}
