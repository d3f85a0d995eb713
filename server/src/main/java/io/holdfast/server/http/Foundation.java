package io.holdfast.server.http;

import io.holdfast.core.exchange.DecisionRules;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.schema.Schema;
import io.holdfast.server.auth.TokenStorage;
import io.holdfast.server.http.app.Application;
import io.holdfast.server.operations.RunServices;
import io.holdfast.server.system.Machine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server stands on.
 *
 * @param storage of the scopes; the server closes it when it stops
 * @param tokens of everyone who may sign in
 * @param schemas that it serves, without the system collections
 * @param rules on who may write what, beyond the schemas
 * @param machine time and chance
 * @param decisions of applications, by the name of the schema that they decide about
 * @param applications that are hosted, with addresses of their own
 * @param runs of sources, their journal, alerts and settings, with addresses of their own; the server closes them when it stops
 */
public record Foundation(
        ServerStorage storage,
        TokenStorage tokens,
        List<Schema> schemas,
        WriteRules rules,
        Machine machine,
        Map<String, DecisionRules> decisions,
        List<Application> applications,
        Optional<RunServices> runs) {

    /** Copies; refuses to decide about a schema that is not served. */
    public Foundation {
        schemas = List.copyOf(schemas);
        decisions = Map.copyOf(decisions);
        applications = List.copyOf(applications);
        Set<String> served = schemas.stream().map(Schema::name).collect(Collectors.toSet());
        if (!served.containsAll(decisions.keySet())) {
            throw new IllegalArgumentException("an application decides about a schema that is served");
        }
    }

    /** Without any application. */
    public Foundation(
            ServerStorage storage, TokenStorage tokens, List<Schema> schemas, WriteRules rules, Machine machine) {
        this(storage, tokens, schemas, rules, machine, Map.of(), List.of(), Optional.empty());
    }

    /** The same, with an application that decides about the schema of that name. */
    public Foundation deciding(String schema, DecisionRules rulesOfIt) {
        TreeMap<String, DecisionRules> more = new TreeMap<>(decisions);
        more.put(schema, rulesOfIt);
        return new Foundation(storage, tokens, schemas, rules, machine, more, applications, runs);
    }

    /** The same, with an application: its schema is served, it decides about it, and it answers at its own addresses. */
    public Foundation hosting(Application application) {
        Schema schema = application.schema();
        List<Schema> all = schemas.contains(schema)
                ? schemas
                : Stream.concat(schemas.stream(), Stream.of(schema)).toList();
        List<Application> more =
                Stream.concat(applications.stream(), Stream.of(application)).toList();
        return new Foundation(storage, tokens, all, rules, machine, decisions, more, runs)
                .deciding(schema.name(), application.decisions());
    }

    /** The same, with runs of sources. */
    public Foundation running(RunServices services) {
        return new Foundation(storage, tokens, schemas, rules, machine, decisions, applications, Optional.of(services));
    }
}
