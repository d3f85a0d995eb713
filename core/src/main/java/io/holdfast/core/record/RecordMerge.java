package io.holdfast.core.record;

import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.CanonicalValue;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import io.holdfast.core.value.ValueOrder;
import java.util.Arrays;

/**
 * Merges two states of one record by the rules of its collection. Commutative, associative and idempotent: replicas that
 * have seen the same writes hold the same record, whatever the order. Fields whose rule is a decision are merged here by
 * the later stamp; who may take the decision is the exchange's matter.
 */
public final class RecordMerge {

    private RecordMerge() {}

    /** The least state that has seen everything both have seen. */
    public static RecordState merge(CollectionSchema schema, RecordState left, RecordState right) {
        return merge(schema, left, right, (name, mine, theirs) -> mergeCells(schema.mergeRule(name), mine, theirs));
    }

    /** As {@link #merge(CollectionSchema, RecordState, RecordState)}, with another answer where both have written a field. */
    public static RecordState merge(
            CollectionSchema schema, RecordState left, RecordState right, FieldMap.Merge<Cell> both) {
        return wiped(
                schema,
                left.cells().mergedWith(right.cells(), both),
                left.deleted().max(right.deleted()));
    }

    /**
     * What two writes of one field come to. Counters and unions are recognised by their values, so that replicas merge them
     * even in fields they do not know; nothing clears them.
     */
    public static Cell mergeCells(MergeRule rule, Cell left, Cell right) {
        Stamp later = left.stamp().max(right.stamp());
        if (left.value() instanceof CounterValue mine && right.value() instanceof CounterValue theirs) {
            return new Cell(mine.mergedWith(theirs), later);
        }
        if (left.value() instanceof SetValue mine && right.value() instanceof SetValue theirs) {
            return new Cell(mine.mergedWith(theirs), later);
        }
        if (isLattice(left.value()) && right.value().isNull()) {
            return new Cell(left.value(), later);
        }
        if (isLattice(right.value()) && left.value().isNull()) {
            return new Cell(right.value(), later);
        }
        int order = switch (rule) {
            case MAX -> extreme(left.value(), right.value(), 1);
            case MIN -> extreme(left.value(), right.value(), -1);
            case LAST_WRITE, SERVER, REVIEW, COUNTER, UNION -> 0;
        };
        return order == 0 ? laterOf(left, right) : order > 0 ? left : right;
    }

    /** Which value a MAX (sign 1) or MIN (sign -1) field keeps: positive for the left. Nothing loses to something. */
    private static int extreme(Value left, Value right, int sign) {
        if (left.isNull() || right.isNull()) {
            return Boolean.compare(right.isNull(), left.isNull());
        }
        return sign * ValueOrder.compare(left, right);
    }

    /** Whether a value is one that no write replaces: a counter or a union, whose merge keeps all of both. */
    public static boolean isLattice(Value value) {
        return value instanceof CounterValue || value instanceof SetValue;
    }

    private static Cell laterOf(Cell left, Cell right) {
        int order = left.stamp().compareTo(right.stamp());
        if (order == 0 && !left.value().equals(right.value())) {
            order = Arrays.compareUnsigned(CanonicalValue.bytes(left.value()), CanonicalValue.bytes(right.value()));
        }
        return order >= 0 ? left : right;
    }

    /** Clears what a deletion must wipe, whoever still had it. The stamps stay, so that merging again wipes again. */
    public static RecordState wiped(CollectionSchema schema, RecordState state) {
        return wiped(schema, state.cells(), state.deleted());
    }

    private static RecordState wiped(CollectionSchema schema, FieldMap<Cell> cells, Stamp deleted) {
        if (deleted.isNone()) {
            return new RecordState(cells, deleted);
        }
        FieldMap<Cell> kept = cells.mapped(
                (name, cell) -> schema.wipedOnDelete(name) && cell.stamp().compareTo(deleted) <= 0
                        ? new Cell(Value.NULL, cell.stamp())
                        : cell);
        return new RecordState(kept, deleted);
    }
}
