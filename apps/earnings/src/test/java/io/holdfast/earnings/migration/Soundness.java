package io.holdfast.earnings.migration;

import io.holdfast.core.exchange.ScopeScrub;
import io.holdfast.server.storage.SqlServerStorage;
import java.util.Optional;

/** Whether a user's rows are what their digests say, the digests what the sum says, and nothing waits to be taken in. */
final class Soundness {

    private static final int PART = 100;

    private Soundness() {}

    static boolean of(SqlServerStorage storage, String user) {
        return storage.snapshot(user, snapshot -> {
            boolean fits = ScopeScrub.rootFits(snapshot);
            Optional<ScopeScrub.Position> next = Optional.of(ScopeScrub.Position.START);
            while (next.isPresent()) {
                ScopeScrub.Part part = ScopeScrub.look(snapshot, next.get(), PART);
                fits &= part.suspects().isEmpty() && part.foreign() == 0;
                next = part.next();
            }
            return fits;
        });
    }
}
