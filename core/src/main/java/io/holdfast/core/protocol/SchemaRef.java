package io.holdfast.core.protocol;

/**
 * Which schema a replica uses.
 *
 * @param hash of the schema's canonical JSON, so that two different schemas of one version are found out
 */
public record SchemaRef(String name, int version, String hash) {}
