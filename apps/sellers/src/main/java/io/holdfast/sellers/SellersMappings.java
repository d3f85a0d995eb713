package io.holdfast.sellers;

import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Schema;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.sources.mapping.MappingReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.TreeMap;

/** How the office's sheets become records, as the application brings it along; an office may start from a copy. Immutable. */
public final class SellersMappings {

    /** The sheet of sellers: a number of the office's format, and the property, whose record must exist. */
    public static final Mapping SELLERS = read("sellers.yaml");

    /** The sheet of properties. */
    public static final Mapping PROPERTIES = read("properties.yaml");

    private SellersMappings() {}

    /** Both collections as one schema, for servers whose devices look sellers up. */
    public static Schema schema() {
        TreeMap<String, CollectionSchema> collections = new TreeMap<>();
        collections.putAll(PROPERTIES.schema().collections());
        collections.putAll(SELLERS.schema().collections());
        return new Schema("sellers", 1, collections);
    }

    private static Mapping read(String name) {
        try (InputStream in = SellersMappings.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " belongs to the application");
            }
            return MappingReader.read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
