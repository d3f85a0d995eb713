package io.holdfast.sources.mapping;

import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.Schema;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * From the columns of a source to the fields of one collection. Data: read by {@link MappingReader}, written by {@link
 * MappingWriter}. Immutable.
 *
 * @param target the collection's name, and its schema's
 * @param version of the schema; raised when fields are added
 * @param sheet the sheet of a workbook; else its first visible one
 * @param zone in which days and times without a zone of their own are meant
 * @param fields in the order of the file; a field of the key is required
 * @param key the fields that tell one record from another; empty if the whole row does
 * @param timestamp the field that says when a row was last changed, by which conflicts are resolved
 */
public record Mapping(
        String target,
        int version,
        Optional<String> sheet,
        HeaderHint header,
        ZoneId zone,
        List<MappedField> fields,
        List<String> key,
        DuplicatePolicy duplicates,
        DeletionPolicy deletions,
        Optional<String> timestamp) {

    /** The BOOLEAN field that {@link DeletionPolicy#MARK} adds to the collection: true where the source lacks the record. */
    public static final String MISSING_FIELD = "source_missing";

    /** Copies; sees to it that the fields of the key are required. */
    public Mapping {
        key = List.copyOf(key);
        List<MappedField> all = new ArrayList<>();
        for (MappedField field : fields) {
            all.add(key.contains(field.name()) ? field.requiring() : field);
        }
        fields = List.copyOf(all);
    }

    /** The same with another key. */
    public Mapping withKey(List<String> names) {
        return new Mapping(target, version, sheet, header, zone, fields, names, duplicates, deletions, timestamp);
    }

    /** The schema of the target: one collection, whose table and checks are those of any other. */
    public Schema schema() {
        Map<String, CollectionSchema> collections = new TreeMap<>();
        collections.put(target, collection());
        return new Schema(target, version, new TreeMap<>(collections));
    }

    private CollectionSchema collection() {
        List<Field> all =
                new ArrayList<>(fields.stream().map(MappedField::field).toList());
        if (deletions == DeletionPolicy.MARK) {
            all.add(Field.of(MISSING_FIELD, FieldType.Simple.BOOLEAN));
        }
        return CollectionSchema.of(target, all, List.of());
    }

    /** The field of that name. */
    public Optional<MappedField> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** The fields that must name an existing record, and the collection in which it must exist. */
    public Map<String, String> references() {
        Map<String, String> references = new LinkedHashMap<>();
        fields.forEach(field -> field.references().ifPresent(target -> references.put(field.name(), target)));
        return references;
    }
}
