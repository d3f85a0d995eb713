package io.holdfast.core.exchange;

import io.holdfast.core.local.Proof;

/**
 * The latest proof of one level that the server knows of.
 *
 * @param replica with which replica; empty for the server's look at its own rows
 */
public record ScopeProof(String replica, Proof proof) {}
