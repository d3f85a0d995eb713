package io.holdfast.earnings.http;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.record.Scopes;
import io.holdfast.earnings.server.EarningsPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A policy as it stands in a server's configuration:
 *
 * <pre>{@code
 * {"rate": "0.5", "capHours": 24, "lookbackDays": 7,
 *  "classes": {"gold": {"rate": "2", "capHours": 48, "users": ["ann", "bob"]}}}
 * }</pre>
 *
 * <p>Everything may be left out; a class has what is not said of it from the standard. All that is wrong is reported at once.
 */
public final class PolicyJson {

    private static final int HOURS_MAX = 366 * 24;
    private static final int DAYS_MAX = 366;

    private final List<String> problems = new ArrayList<>();

    private PolicyJson() {}

    /**
     * Reads a policy.
     *
     * @throws HoldfastException USAGE, with all that is wrong
     */
    public static EarningsPolicy read(JsonTree.Members settings) {
        PolicyJson reader = new PolicyJson();
        EarningsPolicy policy = reader.policy(settings.members());
        if (!reader.problems.isEmpty()) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "The settings of earnings are refused: " + String.join("; ", reader.problems) + "; correct them.");
        }
        return policy;
    }

    private EarningsPolicy policy(Map<String, JsonTree> members) {
        known("", members, Set.of("rate", "capHours", "lookbackDays", "classes"));
        Terms standard = terms("", members, EarningsPolicy.defaults().standard());
        Map<String, Terms> classes = new TreeMap<>();
        Map<String, Set<String>> users = new TreeMap<>();
        if (members.get("classes") instanceof JsonTree.Members named) {
            named.members().forEach((name, tree) -> {
                String path = "classes." + name + ".";
                if (tree instanceof JsonTree.Members settings) {
                    known(path, settings.members(), Set.of("rate", "capHours", "lookbackDays", "users"));
                    classes.put(name, terms(path, settings.members(), standard));
                    users.put(name, users(path + "users", settings.members().get("users"), users));
                } else {
                    problems.add("classes." + name + ": expected an object, found " + tree.kind());
                }
            });
        } else if (members.containsKey("classes")) {
            problems.add("classes: expected an object, found "
                    + members.get("classes").kind());
        }
        return new EarningsPolicy(standard, classes, users);
    }

    private void known(String path, Map<String, JsonTree> members, Set<String> names) {
        members.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> problems.add(path + name + ": unknown"));
    }

    private Terms terms(String path, Map<String, JsonTree> members, Terms otherwise) {
        Coins rate = Optional.ofNullable(members.get("rate"))
                .map(tree -> rate(path + "rate", tree))
                .orElse(otherwise.rate());
        Duration cap = Optional.ofNullable(members.get("capHours"))
                .map(tree -> Duration.ofHours(number(path + "capHours", tree, HOURS_MAX)))
                .orElse(otherwise.cap());
        Duration least = otherwise.lookback().compareTo(cap) < 0 ? cap : otherwise.lookback();
        Duration lookback = Optional.ofNullable(members.get("lookbackDays"))
                .map(tree -> Duration.ofDays(number(path + "lookbackDays", tree, DAYS_MAX)))
                .orElse(least);
        if (lookback.compareTo(cap) < 0) {
            problems.add(path + "lookbackDays: less than the cap");
            return otherwise;
        }
        return new Terms(rate, cap, lookback);
    }

    private Coins rate(String path, JsonTree tree) {
        if (!(tree instanceof JsonTree.Text text)) {
            problems.add(path + ": expected a text of digits, found " + tree.kind());
            return Coins.ZERO;
        }
        try {
            return Coins.parse(path, text.text());
        } catch (RecordRefusedException unfit) {
            problems.add(String.valueOf(unfit.getMessage()));
            return Coins.ZERO;
        }
    }

    private int number(String path, JsonTree tree, int most) {
        if (tree instanceof JsonTree.Numeral numeral && numeral.literal().matches("[0-9]{1,5}")) {
            int number = Integer.parseInt(numeral.literal());
            if (number >= 1 && number <= most) {
                return number;
            }
        }
        problems.add(path + ": expected a whole number from 1 to " + most);
        return 1;
    }

    private Set<String> users(
            String path, @org.jspecify.annotations.Nullable JsonTree tree, Map<String, Set<String>> taken) {
        if (!(tree instanceof JsonTree.Elements named)) {
            problems.add(path + ": expected a list of users");
            return Set.of();
        }
        Set<String> users = new TreeSet<>();
        for (JsonTree element : named.elements()) {
            String user = element instanceof JsonTree.Text text ? text.text() : "";
            try {
                users.add(Scopes.of(user));
            } catch (RecordRefusedException unfit) {
                problems.add(path + ": " + unfit.getMessage());
            }
            if (taken.values().stream().anyMatch(others -> others.contains(user))) {
                problems.add(path + ": " + user + " is in another class already");
            }
        }
        return users;
    }
}
