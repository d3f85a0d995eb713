package io.holdfast.core.exchange;

/**
 * Who asks.
 *
 * @param name stays the same when a token is renewed; owns the replicas it registered
 */
public record Principal(String name, Role role) {}
