package io.holdfast.store.query;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some records, and how to go on.
 *
 * @param next continuation for {@link Query#after}; empty if there are no more
 */
public record Page<R>(List<R> records, Optional<String> next) {

    /** Copies. */
    public Page {
        records = List.copyOf(records);
    }

    /** The same page of something made of each record. */
    public <S> Page<S> map(Function<? super R, ? extends S> each) {
        return new Page<>(records.stream().<S>map(each).toList(), next);
    }
}
