package io.holdfast.core.schema.binding;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes Java records apart and puts them together. Immutable and thread-safe.
 *
 * @param <T> the Java record
 */
final class RecordHandles<T extends Record> {

    private final Class<T> type;
    private final MethodHandle constructor;
    private final MethodHandle[] accessors;

    private RecordHandles(Class<T> type, MethodHandle constructor, MethodHandle[] accessors) {
        this.type = type;
        this.constructor = constructor;
        this.accessors = accessors;
    }

    /** @throws IllegalArgumentException if the record is closed to reflection */
    static <T extends Record> RecordHandles<T> of(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            MethodHandle constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types));
            MethodHandle[] accessors = new MethodHandle[components.length];
            for (int i = 0; i < accessors.length; i++) {
                MethodHandle accessor = lookup.unreflect(components[i].getAccessor());
                accessors[i] = accessor.asType(MethodType.methodType(Object.class, Record.class));
            }
            MethodHandle spread = constructor.asSpreader(Object[].class, accessors.length);
            return new RecordHandles<>(
                    type, spread.asType(MethodType.methodType(Record.class, Object[].class)), accessors);
        } catch (ReflectiveOperationException closed) {
            throw new IllegalArgumentException("The record " + type.getName() + " is closed to reflection.", closed);
        }
    }

    /** The simple name of the Java record. */
    String name() {
        return type.getSimpleName();
    }

    @Nullable
    Object[] components(T object) {
        @Nullable Object[] components = new Object[accessors.length];
        for (int i = 0; i < accessors.length; i++) {
            try {
                components[i] = (Object) accessors[i].invokeExact((Record) object);
            } catch (RuntimeException | Error thrown) {
                throw thrown;
            } catch (Throwable checked) {
                throw new IllegalStateException("A record's accessor threw a checked exception", checked);
            }
        }
        return components;
    }

    T create(@Nullable Object[] components) {
        try {
            return type.cast((Record) constructor.invokeExact(components));
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable checked) {
            throw new IllegalStateException("A record's constructor threw a checked exception", checked);
        }
    }
}
