package io.holdfast.core.schema.binding;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.Index;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaRules;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.value.Value;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Ties an annotated Java record to a collection: its schema, and conversion both ways. Immutable and thread-safe.
 *
 * <p>A component is required unless it is an {@link Optional}, carries an annotation named {@code Nullable}, counts (COUNTER: 0
 * without any count) or is a {@code Set} (UNION: empty). An {@code int} is bounded by its own range, an enum by its constants.
 *
 * @param <T> the Java record
 */
public final class RecordBinding<T extends Record> {

    private final CollectionSchema collection;
    private final RecordHandles<T> handles;
    private final List<Optional<Component>> components;
    private final int idIndex;

    private RecordBinding(CollectionSchema collection, RecordHandles<T> handles, List<Optional<Component>> components) {
        this.collection = collection;
        this.handles = handles;
        this.components = components;
        this.idIndex = components.indexOf(Optional.<Component>empty());
    }

    /** Reading annotations takes longer than most of what a binding is asked for: once for each class. */
    private static final ClassValue<RecordBinding<?>> BINDINGS = new ClassValue<>() {
        @Override
        protected RecordBinding<?> computeValue(Class<?> type) {
            return read(type.asSubclass(Record.class));
        }
    };

    /**
     * What the annotations of a record say; the same binding for the same class.
     *
     * @throws IllegalArgumentException if it has no {@link Collection} or no single {@link Id}, or a component fits no field
     * @throws io.holdfast.core.schema.SchemaInvalidException (SCHEMA_INVALID) if the collection breaks a rule
     */
    @SuppressWarnings("unchecked") // what is kept for a class was read from that class
    public static <T extends Record> RecordBinding<T> of(Class<T> type) {
        return (RecordBinding<T>) BINDINGS.get(type);
    }

    private static <T extends Record> RecordBinding<T> read(Class<T> type) {
        Collection declared = type.getAnnotation(Collection.class);
        if (declared == null) {
            throw new IllegalArgumentException("The record " + type.getName() + " has no @Collection.");
        }
        List<Optional<Component>> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.add(isId(component) ? Optional.empty() : Optional.of(ComponentReader.read(component)));
        }
        if (components.stream().filter(Optional::isEmpty).count() != 1) {
            throw new IllegalArgumentException(
                    "The record " + type.getName() + " has not exactly one String marked @Id.");
        }
        List<Field> fields = components.stream()
                .flatMap(Optional::stream)
                .map(Component::field)
                .toList();
        CollectionSchema collection = CollectionSchema.of(declared.value(), fields, indexes(type));
        schema("s", 1, collection);
        return new RecordBinding<>(collection, RecordHandles.of(type), List.copyOf(components));
    }

    /**
     * A schema of several records.
     *
     * @throws io.holdfast.core.schema.SchemaInvalidException (SCHEMA_INVALID) if it breaks a rule
     */
    public static Schema schema(String name, int version, RecordBinding<?>... bindings) {
        return schema(
                name,
                version,
                Arrays.stream(bindings).map(RecordBinding::collection).toArray(CollectionSchema[]::new));
    }

    private static Schema schema(String name, int version, CollectionSchema... collections) {
        SortedMap<String, CollectionSchema> byName = new TreeMap<>();
        for (CollectionSchema collection : collections) {
            if (byName.put(collection.name(), collection) != null) {
                throw new IllegalArgumentException(
                        "Two records are bound to the collection " + collection.name() + ".");
            }
        }
        return SchemaRules.requireSound(new Schema(name, version, byName));
    }

    /** The collection that the record declares. */
    public CollectionSchema collection() {
        return collection;
    }

    /**
     * The id that a record carries.
     *
     * @throws RecordRefusedException (RECORD_ID) if it carries none
     */
    public String id(T object) {
        Object id = handles.components(object)[idIndex];
        if (id == null) {
            throw new RecordRefusedException(List.of(new Violation(
                    ErrorCode.RECORD_ID, "id", "", "Give it an id, or write it without one as a new record.")));
        }
        return id.toString();
    }

    /**
     * What a record asks of its fields: the whole record as it stands, so that what is null is cleared. Counters take the
     * difference to what is stored, unions lose what the set lacks.
     *
     * @throws RecordRefusedException with every component that its field cannot hold exactly
     */
    public SortedMap<String, FieldEdit> edits(T object) {
        @Nullable Object[] objects = handles.components(object);
        SortedMap<String, FieldEdit> edits = new TreeMap<>();
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < objects.length; i++) {
            Optional<Component> component = components.get(i);
            if (component.isPresent()) {
                edit(component.get(), objects[i], edits, violations);
            }
        }
        if (!violations.isEmpty()) {
            throw new RecordRefusedException(violations);
        }
        return Collections.unmodifiableSortedMap(edits);
    }

    private static void edit(
            Component component, @Nullable Object object, Map<String, FieldEdit> edits, List<Violation> violations) {
        try {
            component.edit(object).ifPresent(edit -> edits.put(component.field().name(), edit));
        } catch (Converter.UnfitException unfit) {
            String shown = object == null ? "" : object.toString();
            violations.add(Violation.of(unfit.code(), component.field(), shown, unfit.advice()));
        }
    }

    /**
     * The Java record of a stored one.
     *
     * @param values gives the value of each field, {@link Value#NULL} for one that holds nothing
     * @throws HoldfastException with the code of the field that the Java record cannot show, FIELD_REQUIRED if it needs a
     *     value; RECORD_UNFIT if its constructor refuses them
     */
    public T read(String id, Function<String, Value> values) {
        @Nullable Object[] objects = new Object[components.size()];
        for (int i = 0; i < objects.length; i++) {
            Optional<Component> component = components.get(i);
            objects[i] = component.isPresent() ? object(id, component.get(), values) : id;
        }
        try {
            return handles.create(objects);
        } catch (RuntimeException refused) {
            // Its sentence may show what is in the fields: it is left to the cause.
            throw new HoldfastException(
                    ErrorCode.RECORD_UNFIT,
                    "The constructor of " + handles.name() + " refuses the record "
                            + new RecordKey(collection.name(), id)
                            + " as it is stored (" + refused.getClass().getSimpleName()
                            + "). " + ErrorCode.RECORD_UNFIT.action(),
                    refused);
        }
    }

    private @Nullable Object object(String id, Component component, Function<String, Value> values) {
        String name = component.field().name();
        try {
            return component.object(values.apply(name));
        } catch (Converter.UnfitException unfit) {
            RecordKey key = new RecordKey(collection.name(), id);
            String sentence = "The field " + name + " of the record " + key + " cannot be read into its component. ";
            throw new HoldfastException(
                    unfit.code(), sentence + unfit.advice(), Map.of("field", name, "record", key.toString()));
        }
    }

    private static boolean isId(RecordComponent component) {
        return component.isAnnotationPresent(Id.class) && component.getType() == String.class;
    }

    private static List<Index> indexes(Class<?> type) {
        List<Index> indexes = new ArrayList<>();
        for (Indexed indexed : type.getAnnotationsByType(Indexed.class)) {
            indexes.add(new Index(List.of(indexed.value()), indexed.kind(), where(indexed)));
        }
        for (RecordComponent component : type.getRecordComponents()) {
            for (Indexed indexed : component.getAnnotationsByType(Indexed.class)) {
                indexes.add(new Index(List.of(ComponentReader.name(component)), indexed.kind(), where(indexed)));
            }
        }
        return indexes;
    }

    private static Optional<Index.Where> where(Indexed indexed) {
        Indexed.Where where = indexed.where();
        return where.field().isEmpty() ? Optional.empty() : Optional.of(new Index.Where(where.field(), where.is()));
    }
}
