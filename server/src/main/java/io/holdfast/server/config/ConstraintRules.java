package io.holdfast.server.config;

import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.Validator;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Refuses records that break constraints beyond those of their schema. Immutable.
 *
 * @param schema the constrained fields alone, under these constraints
 * @param validator of that schema
 */
record ConstraintRules(Schema schema, Validator validator) implements WriteRules {

    @Override
    public Optional<ChangeResult.Refused> check(
            Principal principal, Change change, RecordState before, RecordState after) {
        Optional<CollectionSchema> collection = schema.collection(change.key().collection());
        if (collection.isEmpty() || !after.live()) {
            return Optional.empty();
        }
        Set<String> constrained = collection.get().fields().keySet();
        SortedMap<String, Value> values = new TreeMap<>();
        constrained.forEach(name -> after.cell(name).ifPresent(cell -> values.put(name, cell.value())));
        Set<String> touched = new HashSet<>(change.edit().cells().keySet());
        touched.retainAll(constrained);
        List<Violation> violations = validator.validate(change.key().collection(), values, touched);
        return violations.isEmpty() ? Optional.empty() : Optional.of(refused(violations));
    }

    private static ChangeResult.Refused refused(List<Violation> violations) {
        String sentences = violations.stream().map(Violation::sentence).collect(Collectors.joining(" "));
        return new ChangeResult.Refused(
                ErrorCode.RULE_REFUSED,
                violations.getFirst().field(),
                "The server's rules are stricter than the schema. " + sentences);
    }
}
