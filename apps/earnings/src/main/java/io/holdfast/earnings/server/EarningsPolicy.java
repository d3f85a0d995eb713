package io.holdfast.earnings.server;

import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Terms;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is granted what. Immutable.
 *
 * @param standard for users of no class
 * @param classes terms of each class, by its name
 * @param members users of each class, by its name
 */
public record EarningsPolicy(Terms standard, Map<String, Terms> classes, Map<String, Set<String>> members) {

    /** Copies; refuses members of a class that has no terms. */
    public EarningsPolicy {
        classes = Map.copyOf(classes);
        members = Map.copyOf(members);
        if (!classes.keySet().containsAll(members.keySet())) {
            throw new IllegalArgumentException("every class has terms");
        }
    }

    /** The same for everybody. */
    public static EarningsPolicy of(Terms terms) {
        return new EarningsPolicy(terms, Map.of(), Map.of());
    }

    /** One coin an hour for everybody, at most 24 hours at once. */
    public static EarningsPolicy defaults() {
        return of(Terms.of(new Coins(100_000_000)));
    }

    /** What a user is granted. */
    public Terms terms(String user) {
        return members.entrySet().stream()
                .filter(entry -> entry.getValue().contains(user))
                .findFirst()
                .flatMap(entry -> Optional.ofNullable(classes.get(entry.getKey())))
                .orElse(standard);
    }
}
