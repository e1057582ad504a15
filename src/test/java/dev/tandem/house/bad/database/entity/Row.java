package dev.tandem.house.bad.database.entity;

/** A row. Breaks no rule. */
public class Row {

    public String name;
}
