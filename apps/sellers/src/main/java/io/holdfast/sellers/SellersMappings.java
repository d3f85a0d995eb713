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
    public static final Mapping SELLERS = read("sellers");

    /** The sheet of properties. */
    public static final Mapping PROPERTIES = read("properties");

    private SellersMappings() {}

    /** Both collections as one schema, for servers whose devices look sellers up. */
    public static Schema schema() {
        TreeMap<String, CollectionSchema> collections = new TreeMap<>();
        collections.putAll(PROPERTIES.schema().collections());
        collections.putAll(SELLERS.schema().collections());
        return new Schema("sellers", 1, collections);
    }

    /** A mapping as it is written, by the collection that its records belong to. */
    static InputStream text(String target) {
        InputStream in = SellersMappings.class.getResourceAsStream(target + ".yaml");
        if (in == null) {
            throw new IllegalStateException("the mapping of " + target + " belongs to the application");
        }
        return in;
    }

    private static Mapping read(String target) {
        try (InputStream in = text(target)) {
            return MappingReader.read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
