package io.holdfast.earnings.http;

import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.server.ReviewDesk;
import io.holdfast.server.http.problem.HttpRefusal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A verdict as JSON: {@code {"verdict": "adjusted", "amount": "1.5", "reason": "..."}}. Stateless. */
final class VerdictJson {

    private static final Set<String> MEMBERS = Set.of("verdict", "amount", "reason");

    private VerdictJson() {}

    /**
     * Reads one.
     *
     * @throws io.holdfast.core.error.HoldfastException JSON_MALFORMED, REQUEST_INVALID, FIELD_REQUIRED, FIELD_CHOICE, FIELD_TYPE,
     *     FIELD_RANGE, FIELD_PRECISION, FIELD_LENGTH
     */
    static ReviewDesk.Verdict read(byte[] json) {
        if (!(JsonText.read(json) instanceof JsonTree.Members object)) {
            throw HttpRefusal.invalid("The body is no JSON object with verdict, reason and perhaps amount.");
        }
        Map<String, JsonTree> members = object.members();
        if (!MEMBERS.containsAll(members.keySet())) {
            throw HttpRefusal.invalid("The body has other members than verdict, amount and reason; leave them out.");
        }
        Optional<Coins> amount = members.containsKey("amount")
                ? Optional.of(Coins.parse("amount", text(members, "amount")))
                : Optional.empty();
        return new ReviewDesk.Verdict(text(members, "verdict"), amount, text(members, "reason"));
    }

    private static String text(Map<String, JsonTree> members, String name) {
        if (members.get(name) instanceof JsonTree.Text text) {
            return text.text();
        }
        throw HttpRefusal.invalid("The body has no text named " + name + "; add it, amounts as texts of digits too.");
    }
}
