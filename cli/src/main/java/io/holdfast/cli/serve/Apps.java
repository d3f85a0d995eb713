package io.holdfast.cli.serve;

import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.http.EarningsApplication;
import io.holdfast.earnings.http.PolicyJson;
import io.holdfast.earnings.operations.FileOperationLog;
import io.holdfast.sellers.SellersApplication;
import io.holdfast.sellers.SellersFolder;
import io.holdfast.server.config.Home;
import io.holdfast.server.http.app.Application;
import io.holdfast.server.settings.SettingsVersion;
import io.holdfast.server.settings.SourceSettings;
import io.holdfast.server.settings.SqlSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The applications that a server of this command can host, by the names that settings call them. Stateless. */
final class Apps {

    private static final Map<String, BiFunction<Home, JsonTree.Members, Application>> KNOWN =
            Map.of(EarningsApplication.NAME, Apps::earnings, SellersApplication.NAME, Apps::sellers);

    /** Of a server's operations, in its folder. */
    private static final String EARNINGS_LOG = "earnings-operations.jsonl";

    /** Whose records the office's sheets become. */
    private static final String SELLERS_SCOPE = "office";

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

    private static Application sellers(Home home, JsonTree.Members settings) {
        if (!settings.members().isEmpty()) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "The application sellers has no settings in this file; change its sources with 'config set'.");
        }
        return new SellersApplication();
    }

    /** Gives a server the sources that its applications come with, the first time that it has the application. */
    static void configure(Home home, SqlSettings settings) {
        if (!home.apps().containsKey(SellersApplication.NAME)) {
            return;
        }
        SellersFolder folder = new SellersFolder(home.data().resolve(SellersApplication.NAME));
        boolean added;
        do {
            added = added(folder.missing(SELLERS_SCOPE), settings);
        } while (!added);
        folder.make();
    }

    /** False if somebody else changed the settings in that moment, such as another server that starts. */
    private static boolean added(List<SourceSettings> sources, SqlSettings settings) {
        SettingsVersion before = settings.current();
        List<SourceSettings> missing = sources.stream()
                .filter(source -> before.settings().source(source.name()).isEmpty())
                .toList();
        if (missing.isEmpty()) {
            return true;
        }
        try {
            settings.change(
                    before.version(),
                    before.settings().withSources(missing),
                    AuditEntry.HOLDFAST,
                    "application sellers");
            return true;
        } catch (HoldfastException refused) {
            if (refused.code() == ErrorCode.SETTINGS_STALE) {
                return false;
            }
            throw refused;
        }
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
