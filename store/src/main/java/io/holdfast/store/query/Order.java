package io.holdfast.store.query;

/** One step of an order: by a field, empty fields first, or last if descending. */
public record Order(String field, boolean descending) {}
