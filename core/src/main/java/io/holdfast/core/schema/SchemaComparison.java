package io.holdfast.core.schema;

import io.holdfast.core.schema.SchemaUpgrade.Step;
import java.util.ArrayList;
import java.util.List;

/** Goes through two versions of a schema side by side. For one comparison; not thread-safe. */
final class SchemaComparison {

    private final Schema before;
    private final Schema after;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    SchemaComparison(Schema before, Schema after) {
        this.before = before;
        this.after = after;
    }

    SchemaUpgrade upgrade() {
        if (before.equals(after)) {
            return new SchemaUpgrade.Additive(List.of());
        }
        versions();
        before.collections().values().forEach(this::collection);
        after.collections().values().stream()
                .filter(collection -> !before.collections().containsKey(collection.name()))
                .forEach(collection -> steps.add(new Step.AddCollection(collection)));
        return reasons.isEmpty() ? new SchemaUpgrade.Additive(steps) : new SchemaUpgrade.Destructive(reasons);
    }

    private void versions() {
        if (!before.name().equals(after.name())) {
            reasons.add("It is the schema " + after.name() + ", not " + before.name() + ".");
        }
        if (after.version() < before.version()) {
            reasons.add("Version " + after.version() + " is older than version " + before.version() + ".");
        } else if (after.version() == before.version()) {
            reasons.add("Its content differs under the same version " + after.version() + "; raise the version.");
        }
    }

    private void collection(CollectionSchema old) {
        CollectionSchema now = after.collections().get(old.name());
        if (now == null) {
            reasons.add("The collection " + old.name() + " is gone.");
            return;
        }
        fields(old, now);
        old.indexes().stream()
                .filter(index -> !now.indexes().contains(index))
                .forEach(index -> steps.add(new Step.DropIndex(old.name(), index)));
        now.indexes().stream()
                .filter(index -> !old.indexes().contains(index))
                .forEach(index -> steps.add(new Step.AddIndex(old.name(), index)));
    }

    private void fields(CollectionSchema old, CollectionSchema now) {
        for (Field field : old.fields().values()) {
            Field next = now.fields().get(field.name());
            if (next == null) {
                reasons.add("The field " + old.name() + "." + field.name() + " is gone.");
            } else {
                FieldComparison comparison = new FieldComparison(old.name(), field, next);
                reasons.addAll(comparison.reasons());
                steps.addAll(comparison.steps());
            }
        }
        for (Field field : now.fields().values()) {
            if (!old.fields().containsKey(field.name())) {
                added(old.name(), field);
            }
        }
    }

    private void added(String collection, Field field) {
        if (field.constraints().required()) {
            reasons.add("The new field " + collection + "." + field.name()
                    + " is required, but the records that are there do not have it.");
        }
        steps.add(new Step.AddField(collection, field));
    }
}
