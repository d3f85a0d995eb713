package io.holdfast.cli.serve;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.http.EarningsApplication;
import io.holdfast.earnings.http.PolicyJson;
import io.holdfast.server.config.Home;
import io.holdfast.server.http.app.Application;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The applications that a server of this command can host, by the names that settings call them. Stateless. */
final class Apps {

    private static final Map<String, Function<JsonTree.Members, Application>> KNOWN =
            Map.of(EarningsApplication.NAME, settings -> new EarningsApplication(PolicyJson.read(settings)));

    private Apps() {}

    /**
     * Those that a server is set up with.
     *
     * @throws HoldfastException USAGE if there is none of a name, or its settings are wrong
     */
    static List<Application> of(Home home) {
        return home.apps().entrySet().stream()
                .map(entry -> known(entry.getKey()).apply(entry.getValue()))
                .toList();
    }

    private static Function<JsonTree.Members, Application> known(String name) {
        Function<JsonTree.Members, Application> found = KNOWN.get(name);
        if (found == null) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "There is no application '" + name + "'; there is "
                            + String.join(", ", KNOWN.keySet().stream().sorted().toList()) + ".");
        }
        return found;
    }
}
