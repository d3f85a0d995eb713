package io.holdfast.core.schema;

import io.holdfast.core.schema.SchemaUpgrade.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares two versions of one field. Immutable. */
final class FieldComparison {

    private final String collection;
    private final Field before;
    private final Field after;

    FieldComparison(String collection, Field before, Field after) {
        this.collection = collection;
        this.before = before;
        this.after = after;
    }

    /** What to do if nothing speaks against it. */
    List<Step> steps() {
        if (before.equals(after)) {
            return List.of();
        }
        return List.of(
                before.type().equals(after.type())
                        ? new Step.ChangeField(collection, before, after)
                        : new Step.WidenDecimal(collection, before, after));
    }

    /** What speaks against it, one sentence each. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        if (!before.type().equals(after.type()) && !widened()) {
            reasons.add(changed("type", before.type(), after.type()));
        }
        if (before.merge() != after.merge()) {
            reasons.add(changed("merge rule", before.merge(), after.merge()));
        }
        if (before.sensitivity().wipedOnDelete() != after.sensitivity().wipedOnDelete()) {
            reasons.add(changed("sensitivity", before.sensitivity(), after.sensitivity()));
        }
        tightened().forEach(what -> reasons.add(name() + " demands more than before: " + what + "."));
        return reasons;
    }

    private boolean widened() {
        return before.type() instanceof FieldType.Decimal old
                && after.type() instanceof FieldType.Decimal now
                && now.scale() == old.scale()
                && now.precision() > old.precision();
    }

    private List<String> tightened() {
        Constraints old = before.constraints();
        Constraints now = after.constraints();
        List<String> tightened = new ArrayList<>();
        if (now.required() && !old.required()) {
            tightened.add("it is required");
        }
        if (now.maxLength().orElse(Integer.MAX_VALUE) < old.maxLength().orElse(Integer.MAX_VALUE)) {
            tightened.add("its length is shorter");
        }
        if (now.min().isPresent() && !encloses(now.min(), old.min(), 1)) {
            tightened.add("its least number is higher");
        }
        if (now.max().isPresent() && !encloses(now.max(), old.max(), -1)) {
            tightened.add("its greatest number is lower");
        }
        if (now.pattern().isPresent() && !now.pattern().equals(old.pattern())) {
            tightened.add("its pattern is another");
        }
        if (!now.oneOf().isEmpty() && (old.oneOf().isEmpty() || !now.oneOf().containsAll(old.oneOf()))) {
            tightened.add("it has lost choices");
        }
        return tightened;
    }

    /** Whether every number within the old bound is within the new one; sign 1 for lower bounds, -1 for upper. */
    private static boolean encloses(Optional<BigDecimal> now, Optional<BigDecimal> old, int sign) {
        return old.isPresent() && sign * old.get().compareTo(now.orElseThrow()) >= 0;
    }

    private String changed(String what, Object from, Object to) {
        return name() + " changes its " + what + " from " + from + " to " + to + ".";
    }

    private String name() {
        return "The field " + collection + "." + before.name();
    }
}
