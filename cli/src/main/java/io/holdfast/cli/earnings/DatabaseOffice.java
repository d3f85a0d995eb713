package io.holdfast.cli.earnings;

import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Place;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.TextMatch;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.record.RecordKey;
import io.holdfast.earnings.office.DiscrepancyExport;
import io.holdfast.earnings.office.Documents;
import io.holdfast.earnings.office.Overview;
import io.holdfast.earnings.office.Reach;
import io.holdfast.earnings.record.EarningsReview;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.server.ReviewDesk;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.server.storage.sql.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** In a server's database, whether the server runs or not; everybody's records may be seen. */
final class DatabaseOffice implements Office {

    private static final int STEP = 500;

    private final SqlServerStorage storage;
    private final Overview overview;
    private final ReviewDesk desk;
    private final Principal person;

    /**
     * Works on a database, which it closes.
     *
     * @param person decisions are recorded under this name
     */
    DatabaseOffice(Database database, Host host, String person) {
        storage = SqlServerStorage.open(database, List.of());
        overview = new Overview(storage);
        desk = new ReviewDesk(
                new ScopeServer(storage, EarningsSchema.SCHEMA, WriteRules.OPEN, host.clock(), host.random()),
                host.clock());
        this.person = new Principal(person, Role.OPERATOR);
    }

    @Override
    public void reviews(Wanted wanted, Consumer<JsonTree> visitor) {
        String status = wanted.filter().isEmpty() ? EarningsReview.OPEN : wanted.filter();
        List<TextMatch> matches = status.equals("any") ? List.of() : List.of(new TextMatch("status", status));
        each(
                new Overview.Wanted(
                        reach(wanted.user()),
                        EarningsSchema.REVIEWS.collection().name(),
                        matches),
                visitor);
    }

    @Override
    public void discrepancies(Wanted wanted, Consumer<JsonTree> visitor) {
        List<TextMatch> matches =
                wanted.filter().isEmpty() ? List.of() : List.of(new TextMatch("kind", wanted.filter()));
        each(
                new Overview.Wanted(
                        reach(wanted.user()),
                        EarningsSchema.DISCREPANCIES.collection().name(),
                        matches),
                visitor);
    }

    private static Reach reach(String user) {
        return user.isEmpty() ? new Reach.Everybody() : new Reach.Users(new TreeSet<>(List.of(user)));
    }

    private void each(Overview.Wanted wanted, Consumer<JsonTree> visitor) {
        Optional<Place> after = Optional.of(Place.START);
        while (after.isPresent()) {
            Overview.Page page = overview.page(wanted, after.get(), STEP);
            page.records().forEach(found -> visitor.accept(JsonText.read(Documents.line(found.record()))));
            after = page.next();
        }
    }

    @Override
    public JsonTree decide(String user, String review, ReviewDesk.Verdict verdict) {
        desk.decide(person, user, review, verdict);
        return one(user, EarningsSchema.key(EarningsSchema.REVIEWS, review));
    }

    @Override
    public JsonTree discrepancy(String user, String id) {
        return one(user, EarningsSchema.key(EarningsSchema.DISCREPANCIES, id));
    }

    private JsonTree one(String user, RecordKey key) {
        ServerRecord record = overview.one(user, key)
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.NOT_FOUND, "The user " + user + " has no " + key + "; list what there is."));
        return JsonText.read(Documents.line(record));
    }

    @Override
    public void export(DiscrepancyExport format, String user, OutputStream out) throws IOException {
        format.write(overview, reach(user), out);
    }

    @Override
    public void close() {
        storage.close();
    }
}
