package io.holdfast.sellers;

import io.holdfast.core.exchange.DecisionRules;
import io.holdfast.core.schema.Schema;
import io.holdfast.server.http.Route;
import io.holdfast.server.http.app.Application;
import io.holdfast.server.http.app.Health;
import io.holdfast.server.http.app.Hosted;
import io.holdfast.server.http.app.Hosting;
import java.util.List;

/**
 * Sellers and properties, for a server to host, so that devices read them too. Its sheets are sources of the server as any others,
 * see {@link SellersFolder}; runs, alerts and the dashboard are the server's own. Immutable.
 */
public final class SellersApplication implements Application {

    /** What it is called in settings. */
    public static final String NAME = "sellers";

    @Override
    public Schema schema() {
        return SellersMappings.schema();
    }

    @Override
    public DecisionRules decisions() {
        return DecisionRules.NONE;
    }

    /** It has no addresses of its own. */
    @Override
    public String description() {
        return "paths:\n\ncomponents:\n  schemas:\n";
    }

    @Override
    public Hosted host(Hosting hosting) {
        return new Hosted() {
            @Override
            public List<Route> routes() {
                return List.of();
            }

            @Override
            public Health health() {
                return new Health(true, "Runs and alerts say how the sheets are: /api/sync/dashboard.");
            }
        };
    }
}
