package io.holdfast.server.storage.sql;

/**
 * A typed table whose writers are told apart.
 *
 * @param collection that it holds
 * @param table of the rows
 * @param before where a row is kept as it was, from the first write of another program until an append takes that in
 */
public record Watched(String collection, SqlTable table, SqlTable before) {}
