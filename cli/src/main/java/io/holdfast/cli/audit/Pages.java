package io.holdfast.cli.audit;

import io.holdfast.server.audit.RunLog;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Entries of the journal, a page at a time.
 *
 * @param <T> the entries
 * @param <P> where a page ends
 */
@FunctionalInterface
interface Pages<T, P> {

    /** One page behind a position. */
    List<T> page(Optional<P> after, int most);

    /** Reads page after page until there are no more entries, or as many as wanted. */
    default void each(int limit, Function<T, P> position, Consumer<T> reader) {
        Optional<P> after = Optional.empty();
        int left = limit;
        while (left > 0) {
            List<T> page = page(after, Math.min(left, RunLog.PAGE_MAX));
            page.forEach(reader);
            if (page.isEmpty()) {
                return;
            }
            left -= page.size();
            after = Optional.of(position.apply(page.getLast()));
        }
    }
}
