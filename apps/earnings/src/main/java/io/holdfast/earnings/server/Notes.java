package io.holdfast.earnings.server;

import io.holdfast.core.exchange.ServerWrite;
import io.holdfast.core.exchange.Situation;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.Discrepancy;
import io.holdfast.earnings.record.EarningsSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rows that say what happened: of the audit trail, and of what is at odds. */
public final class Notes {

    private Notes() {}

    /** A change that was refused. */
    static ServerWrite refused(Situation situation, Discrepancy.Kind kind, String field, String value) {
        Map<String, String> details = new TreeMap<>();
        details.put("collection", situation.change().key().collection());
        details.put("record", Violation.shortened(situation.change().key().id()));
        details.put("field", field);
        details.put("value", Violation.shortened(value));
        details.put("replica", situation.asker().replica());
        details.put("principal", situation.asker().principal().name());
        return discrepancy(situation, kind, Optional.empty(), Optional.empty(), details);
    }

    /** What is at odds about a claim. */
    static ServerWrite discrepancy(
            Situation situation,
            Discrepancy.Kind kind,
            Optional<Coins> claimed,
            Optional<Coins> computed,
            Map<String, String> details) {
        return Rows.write(
                EarningsSchema.DISCREPANCIES,
                new Discrepancy(
                        situation.derivedId(kind.name()),
                        situation.asker().scope(),
                        situation.change().key().id(),
                        kind,
                        claimed.map(Coins::number),
                        computed.map(Coins::number),
                        Instant.ofEpochMilli(situation.asker().nowMillis()),
                        json(details)));
    }

    /** A row of the audit trail. */
    static ServerWrite audit(
            Situation situation,
            String operation,
            Optional<BigDecimal> before,
            BigDecimal after,
            Map<String, String> more) {
        return Rows.write(
                EarningsSchema.AUDIT,
                new AuditEntry(
                        situation.derivedId("audit-" + operation),
                        situation.asker().scope(),
                        operation,
                        before,
                        Optional.of(after),
                        Instant.ofEpochMilli(situation.asker().nowMillis()),
                        AuditEntry.SYNC,
                        json(more)));
    }

    /** Texts as the JSON object of metadata and details. */
    public static JsonText json(Map<String, String> members) {
        TreeMap<String, JsonTree> tree = new TreeMap<>();
        members.forEach((name, value) -> tree.put(name, new JsonTree.Text(value)));
        return new JsonText(CanonicalJson.of(new JsonTree.Members(tree)));
    }
}
