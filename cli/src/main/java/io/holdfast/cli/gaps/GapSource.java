package io.holdfast.cli.gaps;

import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose gaps: a device's store, or a server's database, whether the server runs or not. */
final class GapSource {

    private static final int PAGE = 500;

    @Option(names = "--store", paramLabel = "FILE", description = "A device's store.")
    private @Nullable Path store;

    @Mixin
    private DatabaseOption database;

    @Option(names = "--scope", paramLabel = "SCOPE", description = "One scope of a server; all of them if left out.")
    private @Nullable String scope;

    /**
     * Visits gaps with the scope they are of, newest first within a scope.
     *
     * @throws HoldfastException USAGE if nothing, or several things, are named; and what opening throws
     */
    void each(boolean openOnly, Host host, BiConsumer<String, Gap> visitor) {
        if (store != null && database.data() == null && database.database() == null) {
            ofStore(store, openOnly, host, visitor);
        } else if (store == null) {
            ofServer(openOnly, host, visitor);
        } else {
            throw new HoldfastException(
                    ErrorCode.USAGE, "Give either --store for a device, or --data or --database for a server.");
        }
    }

    private static void ofStore(Path file, boolean openOnly, Host host, BiConsumer<String, Gap> visitor) {
        if (!Files.exists(file)) {
            throw new HoldfastException(
                    ErrorCode.STORE_NOT_A_STORE, "There is no store at " + file + "; check the path.");
        }
        try (Store opened = Store.open(file, StoreOption.options(host))) {
            String name = opened.device().identity().scope();
            pages(below -> opened.review().gaps(openOnly, below, PAGE), gap -> visitor.accept(name, gap));
        }
    }

    private void ofServer(boolean openOnly, Host host, BiConsumer<String, Gap> visitor) {
        try (SqlServerStorage storage = SqlServerStorage.open(ServerDatabase.openThere(database, host), List.of())) {
            if (scope != null) {
                requireThere(storage, scope);
                ofScope(storage, scope, openOnly, visitor);
                return;
            }
            for (List<String> names = storage.scopes("", PAGE);
                    !names.isEmpty();
                    names = storage.scopes(names.getLast(), PAGE)) {
                names.forEach(name -> ofScope(storage, name, openOnly, visitor));
            }
        }
    }

    /** A misspelt name must not be taken for a scope without gaps. */
    private static void requireThere(SqlServerStorage storage, String name) {
        if (storage.snapshot(name, ScopeSnapshot::head).isEmpty()) {
            throw new HoldfastException(
                    ErrorCode.NOT_FOUND, "The database has no scope '" + name + "'; check its name.");
        }
    }

    private static void ofScope(
            SqlServerStorage storage, String name, boolean openOnly, BiConsumer<String, Gap> visitor) {
        pages(
                below -> storage.snapshot(name, snapshot -> snapshot.trail().gaps(openOnly, below, PAGE)),
                gap -> visitor.accept(name, gap));
    }

    private interface Pages {
        List<Gap> below(long id);
    }

    private static void pages(Pages pages, Consumer<Gap> visitor) {
        for (List<Gap> page = pages.below(Long.MAX_VALUE);
                !page.isEmpty();
                page = pages.below(page.getLast().id())) {
            page.forEach(visitor);
        }
    }

    /**
     * One gap with its scope.
     *
     * @throws HoldfastException NOT_FOUND; USAGE if several scopes have a gap of that number
     */
    Found one(long id, Host host) {
        List<Found> found = new ArrayList<>();
        each(false, host, (name, gap) -> {
            if (gap.id() == id) {
                found.add(new Found(name, gap));
            }
        });
        if (found.size() > 1) {
            throw new HoldfastException(
                    ErrorCode.USAGE, "Several scopes have a gap " + id + "; name one with --scope.");
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.NOT_FOUND, "There is no gap " + id + "; see 'holdfast gaps list --all'."));
    }

    /** A gap with its scope. */
    record Found(String scope, Gap gap) {}
}
