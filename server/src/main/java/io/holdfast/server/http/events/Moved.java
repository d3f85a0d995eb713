package io.holdfast.server.http.events;

/** A scope has moved to a sequence, or further. Only a hint: what moved is learned by an exchange. */
public record Moved(String scope, long sequence) {}
