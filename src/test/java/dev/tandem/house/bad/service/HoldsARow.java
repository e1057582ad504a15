package dev.tandem.house.bad.service;

import dev.tandem.house.bad.database.entity.Row;

/** A use case that knows how things are stored. */
public final class HoldsARow {

    public String name(Row row) {
        return row.name;
    }
}
