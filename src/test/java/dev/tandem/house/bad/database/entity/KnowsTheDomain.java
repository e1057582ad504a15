package dev.tandem.house.bad.database.entity;

import dev.tandem.house.bad.domain.Thing;

/** A row that is more than a row. */
public class KnowsTheDomain {

    public Thing thing;
}
