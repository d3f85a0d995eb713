package io.holdfast.store.sqlite;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.Value;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Order;
import io.holdfast.store.query.Page;
import io.holdfast.store.query.Query;
import io.holdfast.store.query.StoredRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A query as SQL, with keyset paging: a page begins where the one before ended, however many came before. Not thread-safe. */
final class QuerySql {

    private final CollectionTable table;
    private final Query query;
    private final List<Step> steps;
    private final List<@Nullable Object> arguments = new ArrayList<>();
    private final String text;

    /** One step of the order. */
    private record Step(Column column, boolean descending) {}

    /** @throws io.holdfast.core.error.HoldfastException QUERY_INVALID */
    QuerySql(CollectionTable table, Query query) {
        this.table = table;
        this.query = query;
        steps = steps(table, query.orders());
        ConditionSql condition = new ConditionSql(table);
        String where = condition.of(query.condition());
        arguments.addAll(condition.arguments());
        String after = query.after()
                .map(continuation -> " AND " + beyond(Continuation.decode(continuation, order(), steps.size())))
                .orElse("");
        text = "SELECT \"id\""
                + table.columns().stream().map(column -> ", " + column.sql()).collect(Collectors.joining())
                + " FROM " + table.sql() + " WHERE " + where + after + " ORDER BY "
                + steps.stream()
                        .map(step -> step.column.sql() + (step.descending ? " DESC" : ""))
                        .collect(Collectors.joining(", "))
                + " LIMIT " + (query.limit() + 1);
    }

    private static List<Step> steps(CollectionTable table, List<Order> orders) {
        List<Step> steps = new ArrayList<>();
        Set<String> fields = new HashSet<>();
        for (Order order : orders) {
            Column column = ConditionSql.column(table, order.field());
            if (!ConditionSql.comparable(column)) {
                throw ConditionSql.invalid("The field " + order.field() + " has no order. Order by another.");
            }
            if (fields.add(order.field())) {
                steps.add(new Step(column, order.descending()));
            }
        }
        if (steps.size() > Query.ORDERS_MAX) {
            throw ConditionSql.invalid("An order has at most " + Query.ORDERS_MAX + " steps. Leave the last ones out.");
        }
        if (orders.stream().noneMatch(order -> order.field().equals("id"))) {
            // In the direction of the last step, so that an index over the steps gives the whole order.
            boolean descending = !orders.isEmpty() && orders.getLast().descending();
            steps.add(new Step(ConditionSql.column(table, "id"), descending));
        }
        return steps;
    }

    /** The records after the last of a page: equal in the first steps and beyond it in the next. */
    private String beyond(List<Value> last) {
        String bound = bound(last);
        List<String> ways = new ArrayList<>();
        StringBuilder equal = new StringBuilder();
        List<@Nullable Object> equalValues = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Column column = steps.get(i).column;
            Object value = column.stored(last.get(i));
            Optional<String> further = further(steps.get(i), value);
            if (further.isPresent()) {
                ways.add("(" + equal + further.get() + ")");
                arguments.addAll(equalValues);
                if (value != null) {
                    arguments.add(value);
                }
            }
            equal.append(column.sql()).append(" IS ? AND ");
            equalValues.add(value);
        }
        return bound + "(" + String.join(" OR ", ways) + ")";
    }

    /** Beyond a value in one step; nothing is beyond an empty field in descending order. */
    private static Optional<String> further(Step step, @Nullable Object value) {
        String column = step.column.sql();
        if (value == null) {
            return step.descending ? Optional.empty() : Optional.of(column + " IS NOT NULL");
        }
        return Optional.of(step.descending ? "(" + column + " < ? OR " + column + " IS NULL)" : column + " > ?");
    }

    /** What the ways have in common, for the planner, which does not see it by itself. */
    private String bound(List<Value> last) {
        Step first = steps.getFirst();
        Object value = first.column.stored(last.getFirst());
        boolean sayable =
                value != null && (!first.descending || first.column.sql().equals("\"id\""));
        if (!sayable) {
            return "";
        }
        arguments.add(value);
        return first.column.sql() + (first.descending ? " <= ? AND " : " >= ? AND ");
    }

    private int order() {
        return (table.schema().name()
                        + steps.stream()
                                .map(step -> step.column.sql() + step.descending)
                                .collect(Collectors.joining()))
                .hashCode();
    }

    /** The page. */
    Page<StoredRecord> run(SqlSession session) {
        List<StoredRecord> found = session.once(
                text,
                row -> new StoredRecord(new RecordKey(table.schema().name(), row.getString(1)), table.visible(row, 2)),
                arguments);
        if (found.size() <= query.limit()) {
            return new Page<>(found, Optional.empty());
        }
        List<StoredRecord> page = found.subList(0, query.limit());
        return new Page<>(page, Optional.of(continuation(page.getLast())));
    }

    private String continuation(StoredRecord last) {
        return Continuation.encode(
                order(),
                steps.stream()
                        .map(step -> step.column.field().name())
                        .map(name -> name.equals("id") ? new Value.Text(last.id()) : last.value(name))
                        .toList());
    }

    /** How SQLite goes about it: the lines of EXPLAIN QUERY PLAN. */
    List<String> explain(SqlSession session) {
        return session.once("EXPLAIN QUERY PLAN " + text, row -> row.getString(4), arguments);
    }

    /** How many records satisfy a condition. */
    static long count(SqlSession session, CollectionTable table, Condition condition) {
        ConditionSql sql = new ConditionSql(table);
        String where = sql.of(condition);
        return session.once(
                        "SELECT count(*) FROM " + table.sql() + " WHERE " + where,
                        row -> row.getLong(1),
                        sql.arguments())
                .getFirst();
    }
}
