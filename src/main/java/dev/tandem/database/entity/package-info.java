/**
 * Step 2 of ten: the database model. One Panache entity for each table, one field for each column, no behaviour.
 *
 * <p>Not null-marked: Hibernate fills the fields after construction, so the annotations could not be true. Nullability begins in the
 * mapper.
 */
package dev.tandem.database.entity;
