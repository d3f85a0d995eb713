package io.holdfast.server.config;

import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.record.RecordState;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses what a principal's role may not do to a collection. Immutable. */
record RoleRules(Map<String, CollectionRules> collections) implements WriteRules {

    /** Copies. */
    RoleRules {
        collections = Map.copyOf(collections);
    }

    @Override
    public Optional<ChangeResult.Refused> check(
            Principal principal, Change change, RecordState before, RecordState after) {
        CollectionRules.Write write = CollectionRules.Write.of(change, before, after);
        return Optional.ofNullable(collections.get(change.key().collection()))
                .flatMap(rules -> rules.ruled(write))
                .filter(roles -> !roles.contains(principal.role()))
                .map(roles -> refused(principal, change, write, roles));
    }

    private static ChangeResult.Refused refused(
            Principal principal, Change change, CollectionRules.Write write, Set<Role> roles) {
        String who = roles.isEmpty()
                ? "nobody may"
                : "ask for the role "
                        + roles.stream().sorted().map(RoleRules::lower).collect(Collectors.joining(" or "));
        return new ChangeResult.Refused(
                ErrorCode.RULE_REFUSED,
                "",
                "The role " + lower(principal.role()) + " may not " + lower(write) + " records of "
                        + change.key().collection() + ": " + who + ".");
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
