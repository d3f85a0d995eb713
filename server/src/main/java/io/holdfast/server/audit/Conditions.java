package io.holdfast.server.audit;

import io.holdfast.server.storage.sql.ColumnType;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.SqlColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The conditions of a query and what they are bound to, in their order. Not thread-safe. */
final class Conditions {

    private final Session session;
    private final StringBuilder text = new StringBuilder("1 = 1");
    private final List<@Nullable Object> bound = new ArrayList<>();

    Conditions(Session session) {
        this.session = session;
    }

    Conditions and(String condition, Object... parameters) {
        text.append(" AND ").append(condition);
        bound.addAll(List.of(parameters));
        return this;
    }

    Conditions among(String column, Collection<String> texts) {
        return and(
                session.dialect().among(new SqlColumn(column, ColumnType.of(ColumnType.Kind.TEXT))),
                new Session.Texts(List.copyOf(texts)));
    }

    Conditions within(String column, Optional<Instant> from, Optional<Instant> until) {
        from.ifPresent(first -> and(column + " >= ?", ceiling(first)));
        until.ifPresent(end -> and(column + " < ?", ceiling(end)));
        return this;
    }

    /** The first whole millisecond that is not before the instant; instants that no clock shows are cut. */
    private static long ceiling(Instant instant) {
        try {
            long millis = instant.toEpochMilli();
            return instant.isAfter(Instant.ofEpochMilli(millis)) ? millis + 1 : millis;
        } catch (ArithmeticException beyond) {
            return instant.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    String text() {
        return text.toString();
    }

    @Nullable
    Object[] parameters() {
        return bound.toArray();
    }
}
