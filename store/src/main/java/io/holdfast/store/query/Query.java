package io.holdfast.store.query;

import io.holdfast.core.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which records of a collection, in which order, how many, and after which. Ties are broken by the id, so that the order
 * is total and pages neither overlap nor skip records that stay as they are. Immutable.
 *
 * <pre>{@code Query.all().where(Condition.eq("account", "a")).orderByDescending("at").limit(20)}</pre>
 *
 * @param limit records in a page, 1 to {@link Limits#PAGE_RECORDS_MAX}
 * @param after continuation of a page before, empty for the first page
 */
public record Query(Condition condition, List<Order> orders, int limit, Optional<String> after) {

    /** Most values in one {@link Condition.In}. */
    public static final int VALUES_MAX = 1_000;

    /** Most parts of a condition, and its greatest depth. */
    public static final int PARTS_MAX = 200;

    /** Most steps of an order, those by a field that an earlier step is by left out. */
    public static final int ORDERS_MAX = 16;

    private static final int LIMIT = 100;

    /** Copies, and checks the limit. */
    public Query {
        if (limit < 1 || limit > Limits.PAGE_RECORDS_MAX) {
            throw new IllegalArgumentException("a page has 1 to " + Limits.PAGE_RECORDS_MAX + " records");
        }
        orders = List.copyOf(orders);
    }

    /** Every record by its id, the first 100. */
    public static Query all() {
        return new Query(Condition.always(), List.of(), LIMIT, Optional.empty());
    }

    /** The same of those records that also satisfy this. */
    public Query where(Condition also) {
        Condition both = condition instanceof Condition.Always ? also : condition.and(also);
        return new Query(both, orders, limit, after);
    }

    /** The same, then in ascending order of this field. */
    public Query orderBy(String field) {
        return ordered(new Order(field, false));
    }

    /** The same, then in descending order of this field. */
    public Query orderByDescending(String field) {
        return ordered(new Order(field, true));
    }

    private Query ordered(Order next) {
        List<Order> more = new ArrayList<>(orders);
        more.add(next);
        return new Query(condition, more, limit, after);
    }

    /** The same with another number of records in a page. */
    public Query limit(int records) {
        return new Query(condition, orders, records, after);
    }

    /** The same, after a page whose {@link Page#next} this is. */
    public Query after(String continuation) {
        return new Query(condition, orders, limit, Optional.of(continuation));
    }
}
