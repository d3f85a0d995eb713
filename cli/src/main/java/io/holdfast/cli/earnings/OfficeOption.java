package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import picocli.CommandLine.Mixin;

/** Where an administrator works: beside a server's database, or through a server that runs. */
final class OfficeOption {

    @Mixin
    private DatabaseOption database;

    @Mixin
    private RemoteOption remote;

    /** Whether it is a server, where the token says who decides. */
    boolean throughServer() {
        return remote.given();
    }

    /**
     * Opens it.
     *
     * @param person who decides, beside a database
     * @throws HoldfastException USAGE if nothing, or several things, are named; and what opening throws
     */
    Office open(Terminal terminal, Host host, String person) {
        if (!remote.given()) {
            return new DatabaseOffice(ServerDatabase.openThere(database, host), host, person);
        }
        if (database.data() != null || database.database() != null) {
            throw new HoldfastException(ErrorCode.USAGE, "Give either --server, or --data or --database.");
        }
        return remote.open(terminal, host);
    }
}
