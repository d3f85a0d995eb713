package io.holdfast.core.local;

import io.holdfast.core.record.RecordMerge;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.stamp.HybridTime;
import io.holdfast.core.stamp.Stamp;

/** What a reader of a device sees: the confirmed state under the unsettled changes. Pure functions. */
public final class RecordView {

    private RecordView() {}

    /**
     * The visible state.
     *
     * @param offsetMillis server's clock minus local clock, to compare stamps of unsent changes with confirmed ones
     */
    public static RecordState visible(CollectionSchema schema, LocalRecord record, long offsetMillis) {
        RecordState state = record.confirmed();
        for (Layer layer : record.layers()) {
            RecordState edit = layer.inServerTime()
                    ? layer.edit()
                    : Restamping.inServerTime(layer, time -> HybridTime.shift(time, offsetMillis));
            state = applied(schema, state, edit);
        }
        return state;
    }

    /**
     * A state after an edit that was accepted whole: lattices merge, and where the server decides, the edit stands. Server
     * and device both compute an accepted change with this, so that they cannot differ.
     */
    public static RecordState applied(CollectionSchema schema, RecordState state, RecordState edit) {
        return RecordMerge.merge(schema, state, edit, (name, stands, written) -> {
            MergeRule rule = schema.mergeRule(name);
            return rule.isDecision() ? written : RecordMerge.mergeCells(rule, stands, written);
        });
    }

    /** The state that a record's open edit starts from, all of whose stamps are in the server's time. */
    static RecordState underOpen(CollectionSchema schema, LocalRecord record) {
        RecordState state = record.confirmed();
        for (Layer layer : record.layers()) {
            if (layer.inServerTime()) {
                state = applied(schema, state, layer.edit());
            }
        }
        return state;
    }

    /** The same state with every stamp moved by whole milliseconds. */
    static RecordState shifted(RecordState state, long millis) {
        if (millis == 0) {
            return state;
        }
        return Restamping.restamp(state, time -> HybridTime.shift(time, millis));
    }

    /** The latest stamp among the unsettled changes and, moved into local time, the confirmed state. */
    static long latestLocalTime(LocalRecord record, long offsetMillis) {
        long latest = HybridTime.shift(record.confirmed().newest().time(), -offsetMillis);
        for (Layer layer : record.layers()) {
            Stamp newest = layer.edit().newest();
            long time = layer.inServerTime() ? HybridTime.shift(newest.time(), -offsetMillis) : newest.time();
            latest = Math.max(latest, time);
        }
        return latest;
    }
}
