package io.holdfast.core.exchange;

/**
 * Where a record stands among those of all scopes.
 *
 * @param id empty for before all of the scope
 */
public record Place(String scope, String id) {

    /** Before everything. */
    public static final Place START = new Place("", "");
}
