package io.holdfast.core.exchange;

import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.reconcile.DigestSum;

/**
 * The server's row of one scope; it moves in the transaction that moves the records.
 *
 * @param epoch random text, new whenever the server finds that it was restored
 * @param sequence the sequence of the last record written; 0 for none
 * @param chain 32 hexadecimal digits tying the sequence to this history; empty before the first append
 * @param root sum of the digests of all live records
 */
public record ScopeHead(String scope, ScopeKey key, String epoch, long sequence, String chain, DigestSum root) {}
