package io.holdfast.core.local;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What one plant should look like after the writes of one gardener, told as simply as can be. */
final class PlantModel {

    private boolean live;
    private final Map<String, Value> plain = new HashMap<>();
    private Optional<Long> height = Optional.empty();
    private Optional<Long> sown = Optional.empty();
    private long seeds;
    private final TreeSet<String> tags = new TreeSet<>();

    void put(Map<String, FieldEdit> edits) {
        if (!live) {
            plain.clear();
        }
        live = true;
        edits.forEach(this::put);
    }

    private void put(String field, FieldEdit edit) {
        switch (edit) {
            case FieldEdit.Assign assign -> assign(field, assign.value());
            case FieldEdit.Add add -> seeds += add.units();
            case FieldEdit.Amend amend -> {
                tags.removeAll(amend.remove());
                tags.addAll(amend.add());
            }
            case FieldEdit.Replace replace -> {
                tags.clear();
                tags.addAll(replace.elements());
            }
        }
    }

    private void assign(String field, Value value) {
        switch (field) {
            case "height" -> height = Optional.of(Math.max(height.orElse(Long.MIN_VALUE), number(value)));
            case "sown" -> sown = Optional.of(Math.min(sown.orElse(Long.MAX_VALUE), number(value)));
            case "seeds" -> seeds = number(value);
            default -> plain.put(field, value);
        }
    }

    private static long number(Value value) {
        return ((Value.Int) value).number();
    }

    void delete() {
        live = false;
    }

    boolean live() {
        return live;
    }

    /** What a reader should see, in a form that knows nothing of stamps, totals and marks. */
    Map<String, Object> shown() {
        Map<String, Object> shown = new HashMap<>(plain);
        shown.values().removeIf(Value.NULL::equals);
        height.ifPresent(most -> shown.put("height", new Value.Int(most)));
        sown.ifPresent(least -> shown.put("sown", new Value.Int(least)));
        shown.put("seeds", seeds);
        shown.put("tags", new TreeSet<>(tags));
        return live ? shown : Map.of();
    }

    /** What a reader does see, in the same form. */
    static Map<String, Object> shown(RecordState state) {
        if (!state.live()) {
            return Map.of();
        }
        Map<String, Object> shown = new HashMap<>();
        state.cells().forEach((field, cell) -> {
            if (!cell.value().isNull()) {
                shown.put(field, cell.value());
            }
        });
        shown.put("seeds", state.value("seeds") instanceof CounterValue counter ? counter.sum() : 0L);
        shown.put("tags", state.value("tags") instanceof SetValue set ? set.members() : new TreeSet<String>());
        return shown;
    }
}
