package io.holdfast.core.exchange;

/** A record with its scope. */
public record PlacedRecord(String scope, ServerRecord record) {

    /** Where it stands. */
    public Place place() {
        return new Place(scope, record.key().id());
    }
}
