package dev.tandem.house.bad.service;

/** More than one class in one. */
public final class AsksForEverything {

    public AsksForEverything(
            int first, int second, int third, int fourth, int fifth, int sixth, int seventh, int eighth) {
        super();
    }
}
