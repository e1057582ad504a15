package dev.tandem.database.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.hibernate.annotations.TypeBinderType;

/** A foreign key on a column that holds an id and is no association: rows refer to each other, objects don't. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@TypeBinderType(binder = PgForeignKeyBinder.class)
public @interface PgForeignKey {

    String name();

    String columns();

    /** The other table and its columns: {@code "document (id)"}. */
    String references();

    /** What happens to the row when the other goes; empty to keep the other from going. */
    String onDelete() default "";
}
