package dev.tandem.house.bad.service;

import dev.tandem.house.bad.factory.Parcel;

/** An aggregate that no factory has judged, and that no list of the rule names. */
public final class BuildsAParcel {

    public Parcel build() {
        return new Parcel("nowhere");
    }
}
