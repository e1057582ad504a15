/**
 * Step 2 of ten: the database model. One Panache entity for each table, one field for each column, no behaviour.
 *
 * <p>Not null-marked: Hibernate fills the fields after construction, so the compiler could only be told untruths about them. The mapper
 * is where nullability begins.
 */
package dev.tandem.database.entity;
