package io.holdfast.cli.serve;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.http.EarningsApplication;
import io.holdfast.earnings.http.PolicyJson;
import io.holdfast.earnings.operations.FileOperationLog;
import io.holdfast.server.config.Home;
import io.holdfast.server.http.app.Application;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The applications that a server of this command can host, by the names that settings call them. Stateless. */
final class Apps {

    private static final Map<String, BiFunction<Home, JsonTree.Members, Application>> KNOWN =
            Map.of(EarningsApplication.NAME, Apps::earnings);

    /** Of a server's operations, in its folder. */
    private static final String EARNINGS_LOG = "earnings-operations.jsonl";

    private Apps() {}

    /**
     * Those that a server is set up with.
     *
     * @throws HoldfastException USAGE if there is none of a name, or its settings are wrong
     */
    static List<Application> of(Home home) {
        return home.apps().entrySet().stream()
                .map(entry -> known(entry.getKey()).apply(home, entry.getValue()))
                .toList();
    }

    private static Application earnings(Home home, JsonTree.Members settings) {
        Path file = home.data().resolve(EARNINGS_LOG);
        return new EarningsApplication(
                PolicyJson.read(settings), new FileOperationLog(file, FileOperationLog.SERVER_BYTES_MAX));
    }

    private static BiFunction<Home, JsonTree.Members, Application> known(String name) {
        BiFunction<Home, JsonTree.Members, Application> found = KNOWN.get(name);
        if (found == null) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "There is no application '" + name + "'; there is "
                            + String.join(", ", KNOWN.keySet().stream().sorted().toList()) + ".");
        }
        return found;
    }
}
